package org.ehrhub.fhir.documents;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Plain text, in the character set it is said to be in, else as its bytes say. */
final class PlainFile {
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private PlainFile() {}

    static ExtractedText text(DocumentFile file) {
        var bytes = file.bytes();
        for (var marked : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            var mark = "\uFEFF".getBytes(marked);
            if (begins(bytes, mark)) {
                return decoded(file, marked, mark.length);
            }
        }
        return decoded(
                file, charset(file.charset()).orElseGet(() -> isUtf8(bytes) ? StandardCharsets.UTF_8 : WESTERN), 0);
    }

    /** The character set of a name; none where there is no such thing. */
    static Optional<Charset> charset(String name) {
        try {
            return name.isEmpty() || !Charset.isSupported(name) ? Optional.empty() : Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException e) {
            return Optional.empty();
        }
    }

    private static ExtractedText decoded(DocumentFile file, Charset charset, int from) {
        var text = new String(file.bytes(), from, file.bytes().length - from, charset);
        return new ExtractedText(text, file.type(), FileKind.unreadable(text.indexOf('\uFFFD') >= 0));
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        for (int at = 0; at < mark.length; at++) {
            if (bytes.length <= at || bytes[at] != mark[at]) {
                return false;
            }
        }
        return true;
    }
}
