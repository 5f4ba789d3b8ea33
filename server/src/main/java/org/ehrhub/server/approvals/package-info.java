/** Where people approve and reject calls: the desk, its page and its local socket. */
@NullMarked
package org.ehrhub.server.approvals;

import org.jspecify.annotations.NullMarked;
