/** Tests of charts as servers keep them and as the hub shows them. */
@NullMarked
package org.ehrhub.fhir.charts;

import org.jspecify.annotations.NullMarked;
