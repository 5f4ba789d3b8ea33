/** The processes that are measured, and the folder they work in. */
@NullMarked
package org.ehrhub.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
