package org.ehrhub.mllp.framing;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The character set in which the text of a message is to be read (MSH-18, HL7 table 0211). */
public final class CharacterSets {
    /** Where the names of HL7 are not those of the IANA. */
    private static final Map<String, String> HL7_NAMES =
            Map.of("ASCII", "US-ASCII", "UNICODE", "UTF-8", "UNICODE UTF-8", "UTF-8", "UNICODE UTF-16", "UTF-16");

    private static final int CHARACTER_SET = 18;

    private CharacterSets() {}

    /**
     * What MSH-18 names first; where it is empty, the one of the site. Empty where it names none that is known.
     *
     * @param site what the site sends that names none
     */
    public static Optional<Charset> of(MessageHeader header, @Nullable Charset site) {
        var name = header.component(CHARACTER_SET, 1).strip();
        if (name.isEmpty()) {
            return Optional.ofNullable(site);
        }
        try {
            return Optional.of(Charset.forName(HL7_NAMES.getOrDefault(name, name.replace("8859/", "ISO-8859-"))));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
