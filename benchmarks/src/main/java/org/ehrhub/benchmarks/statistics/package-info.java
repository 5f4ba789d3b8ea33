/** The few statistics the results need. */
@NullMarked
package org.ehrhub.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
