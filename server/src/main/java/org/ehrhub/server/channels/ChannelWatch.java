package org.ehrhub.server.channels;

import java.time.Duration;

/** Is told what goes through channels: names of the configuration, codes and times, nothing of a message. */
public interface ChannelWatch {
    /**
     * A message came, and was decided on.
     *
     * @param code what its sender is told, AA, AE or AR
     */
    void received(String channel, String code, Duration took);

    /**
     * A delivery ended.
     *
     * @param outcome the code of the receiver's answer, else {@link #NOT_SENT} or {@link #UNKNOWN}
     */
    void delivered(String channel, String outcome, Duration took);

    /** Not a byte of the message was sent. */
    String NOT_SENT = "not_sent";

    /** It was sent, and nothing tells whether the receiver has it. */
    String UNKNOWN = "unknown";

    /** Both are told. */
    default ChannelWatch and(ChannelWatch other) {
        return new ChannelWatch() {
            @Override
            public void received(String channel, String code, Duration took) {
                ChannelWatch.this.received(channel, code, took);
                other.received(channel, code, took);
            }

            @Override
            public void delivered(String channel, String outcome, Duration took) {
                ChannelWatch.this.delivered(channel, outcome, took);
                other.delivered(channel, outcome, took);
            }
        };
    }
}
