/** Measures the hub against baselines in the same run; {@code build/bench} runs it. */
@NullMarked
package org.ehrhub.benchmarks;

import org.jspecify.annotations.NullMarked;
