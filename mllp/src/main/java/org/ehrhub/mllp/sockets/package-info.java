/** Connections of either end: who may make them, how they are secured, and when one is tried again. */
@NullMarked
package org.ehrhub.mllp.sockets;

import org.jspecify.annotations.NullMarked;
