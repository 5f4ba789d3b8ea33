/** The audit trail as its reader asks for it: by the running hub over a socket, or from the store. */
@NullMarked
package org.ehrhub.server.audit;

import org.jspecify.annotations.NullMarked;
