@NullMarked
package org.ehrhub.mllp.client;

import org.jspecify.annotations.NullMarked;
