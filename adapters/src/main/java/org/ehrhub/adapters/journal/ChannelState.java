package org.ehrhub.adapters.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel stands.
 *
 * @param waiting messages that are not finished, those included that a worker holds
 * @param retried how many of them were tried before
 * @param dead messages that were given up and not worked again
 * @param done messages that are done and still kept
 * @param oldest when the oldest unfinished one was kept; absent without one
 */
public record ChannelState(
        long waiting,
        long retried,
        long dead,
        long done,
        @Nullable Instant oldest) {}
