@NullMarked
package org.ehrhub.fhir.access;

import org.jspecify.annotations.NullMarked;
