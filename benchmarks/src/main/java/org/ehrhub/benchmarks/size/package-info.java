/** How many bytes an answer has, compared with the FHIR JSON it was made of. */
@NullMarked
package org.ehrhub.benchmarks.size;

import org.jspecify.annotations.NullMarked;
