/** The side that listens: receives messages and acknowledges them. */
@NullMarked
package org.ehrhub.mllp.server;

import org.jspecify.annotations.NullMarked;
