@NullMarked
package org.ehrhub.fhir.provenance;

import org.jspecify.annotations.NullMarked;
