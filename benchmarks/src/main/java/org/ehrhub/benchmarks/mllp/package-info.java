/** How fast messages are received over MLLP, against a raw socket and a server of HAPI. */
@NullMarked
package org.ehrhub.benchmarks.mllp;

import org.jspecify.annotations.NullMarked;
