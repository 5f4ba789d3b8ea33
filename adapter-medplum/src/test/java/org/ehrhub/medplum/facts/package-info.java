/** How a Medplum 5.1.12 answers, held against the stub and, by {@code ./check medplum}, against a live server. */
@NullMarked
package org.ehrhub.medplum.facts;

import org.jspecify.annotations.NullMarked;
