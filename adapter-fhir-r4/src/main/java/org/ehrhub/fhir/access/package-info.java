/** How a server holds its charts: whether they are restricted, and what patients consent to. */
@NullMarked
package org.ehrhub.fhir.access;

import org.jspecify.annotations.NullMarked;
