@NullMarked
package org.ehrhub.testehr;

import org.jspecify.annotations.NullMarked;
