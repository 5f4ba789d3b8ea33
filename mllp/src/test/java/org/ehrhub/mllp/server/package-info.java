@NullMarked
package org.ehrhub.mllp.server;

import org.jspecify.annotations.NullMarked;
