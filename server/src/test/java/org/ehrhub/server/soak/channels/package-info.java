@NullMarked
package org.ehrhub.server.soak.channels;

import org.jspecify.annotations.NullMarked;
