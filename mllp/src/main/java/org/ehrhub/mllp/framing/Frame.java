package org.ehrhub.mllp.framing;

/**
 * What a peer sent between a start block and an end block (MLLP Release 1, 2), as far as the two could be told apart.
 *
 * @param content the bytes between the blocks; of one that is too long only its beginning
 * @param state whether it is whole
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Frame(byte[] content, State state) {
    /** Whether a frame can be taken for what its sender meant. */
    public enum State {
        /** It has an end, and nothing of it is missing. */
        WHOLE,
        /** Another frame began, or the stream ended, before its end. */
        CUT_OFF,
        /** It had more bytes than may be. */
        TOO_LONG
    }
}
