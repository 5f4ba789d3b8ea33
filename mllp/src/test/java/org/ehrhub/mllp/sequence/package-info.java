@NullMarked
package org.ehrhub.mllp.sequence;

import org.jspecify.annotations.NullMarked;
