@NullMarked
package org.ehrhub.mllp;

import org.jspecify.annotations.NullMarked;
