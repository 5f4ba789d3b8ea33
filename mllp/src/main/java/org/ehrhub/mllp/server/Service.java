package org.ehrhub.mllp.server;

import org.jspecify.annotations.Nullable;

/**
 * What the connections of a server share.
 *
 * @param pace of all of them together
 * @param sequence of senders that number their messages; absent where the server knows nothing of it
 */
record Service(
        ServerSettings settings,
        MessageReceiver receiver,
        Replies replies,
        Pace pace,
        @Nullable Sequence sequence) {}
