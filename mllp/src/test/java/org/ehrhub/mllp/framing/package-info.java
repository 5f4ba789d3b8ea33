@NullMarked
package org.ehrhub.mllp.framing;

import org.jspecify.annotations.NullMarked;
