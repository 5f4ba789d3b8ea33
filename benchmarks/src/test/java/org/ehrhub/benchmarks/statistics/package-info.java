@NullMarked
package org.ehrhub.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
