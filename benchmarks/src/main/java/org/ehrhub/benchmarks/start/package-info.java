/** How long it takes from the start of a process to its first list of tools. */
@NullMarked
package org.ehrhub.benchmarks.start;

import org.jspecify.annotations.NullMarked;
