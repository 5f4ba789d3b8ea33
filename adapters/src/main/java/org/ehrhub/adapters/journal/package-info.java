/** The hub's one durable queue of messages: the port that adapters and routes use, and that the store fills. */
@NullMarked
package org.ehrhub.adapters.journal;

import org.jspecify.annotations.NullMarked;
