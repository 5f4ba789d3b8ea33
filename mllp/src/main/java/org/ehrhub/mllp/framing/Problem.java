package org.ehrhub.mllp.framing;

/**
 * Why a message was not taken, for its sender's interface analyst; holds nothing of the message.
 *
 * @param code of HL7 table 0357, such as {@code 101} for a required field that is missing
 * @param text what the table says of it
 * @param segment the segment it is about, {@code MSH} where it is the whole message
 * @param field the number of the field, 0 where it is the whole segment
 */
public record Problem(String code, String text, String segment, int field) {
    /** A required field is missing. */
    public static Problem missing(String segment, int field) {
        return new Problem("101", "Required field missing", segment, field);
    }

    /** A field holds what cannot be there. */
    public static Problem dataType(String segment, int field) {
        return new Problem("102", "Data type error", segment, field);
    }

    /** What came is not a message, or not all of it. */
    public static Problem sequence() {
        return new Problem("100", "Segment sequence error", "MSH", 0);
    }

    /** The receiver could not do its part. */
    public static Problem internal() {
        return new Problem("207", "Application internal error", "MSH", 0);
    }

    /** The sender has named another message so already. */
    public static Problem controlIdTaken() {
        return new Problem("205", "Duplicate key identifier", "MSH", 10);
    }

    /** It is longer than the receiver takes. */
    public static Problem tooLong() {
        return new Problem("207", "Message too long", "MSH", 0);
    }
}
