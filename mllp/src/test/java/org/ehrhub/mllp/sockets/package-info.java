@NullMarked
package org.ehrhub.mllp.sockets;

import org.jspecify.annotations.NullMarked;
