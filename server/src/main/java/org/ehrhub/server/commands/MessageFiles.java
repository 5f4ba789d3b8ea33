package org.ehrhub.server.commands;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ehrhub.mllp.framing.Er7Messages;

/** Files of messages, as they are named on the command line. */
final class MessageFiles {
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private MessageFiles() {}

    /**
     * A message.
     *
     * @param name its file, and its number where the file holds several
     * @param content its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Named(String name, byte[] content) {
        /** The same with a carriage return after each segment, as the standard wants it (HL7 v2.5.1, 2.5.2). */
        Named withCarriageReturns() {
            var out = new ByteArrayOutputStream(content.length + 1);
            byte before = '\r';
            for (byte one : content) {
                boolean second = one == '\n' && before == '\r' && out.size() > 0;
                byte written = one == '\n' ? (byte) '\r' : one;
                if (!second) {
                    out.write(written);
                }
                before = one;
            }
            if (before != '\r' && before != '\n') {
                out.write('\r');
            }
            return new Named(name, out.toByteArray());
        }
    }

    /**
     * The messages of a file, byte for byte.
     *
     * @throws UsageProblem when it holds none, or something else beside them
     */
    static List<Named> read(String file) throws IOException {
        var contents = new ArrayList<byte[]>();
        try (var messages = Er7Messages.of(Files.newInputStream(CallersFolder.resolve(file)), MOST_BYTES)) {
            messages.forEachRemaining(contents::add);
        } catch (NoSuchFileException e) {
            throw new UsageProblem("There is no file " + file);
        } catch (UncheckedIOException e) {
            throw new UsageProblem(file + " is no file of HL7 messages: "
                    + Objects.requireNonNull(e.getCause()).getMessage());
        }
        if (contents.isEmpty()) {
            throw new UsageProblem(file + " holds no HL7 message: none of its lines begins with MSH");
        }
        var named = new ArrayList<Named>();
        for (int i = 0; i < contents.size(); i++) {
            named.add(new Named(contents.size() == 1 ? file : file + "#" + (i + 1), contents.get(i)));
        }
        return named;
    }
}
