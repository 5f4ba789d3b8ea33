@NullMarked
package org.ehrhub.mllp.peers;

import org.jspecify.annotations.NullMarked;
