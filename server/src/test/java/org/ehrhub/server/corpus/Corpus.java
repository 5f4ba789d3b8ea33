package org.ehrhub.server.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.Er7Messages;
import org.ehrhub.mllp.framing.MessageHeader;

/**
 * The messages of a folder of files.
 *
 * @param files how many files there are
 * @param messages those that a receiver takes
 * @param others what it does not take and why, by name, such as {@code notes.txt: no HL7 in it, or not that alone}
 */
record Corpus(int files, List<Sample> messages, List<String> others) {
    /**
     * A message.
     *
     * @param name its file, and its number where the file holds several
     * @param content its bytes
     * @param round how many messages before it have the same sender and control id: each is sent on another channel, for on one
     *     channel the same message is kept once, and another one of that name is refused
     * @param answered whether its sender wants an answer when all goes well (HL7 table 0155)
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
    record Sample(String name, byte[] content, int round, boolean answered) {}

    static Corpus of(Path folder) throws IOException {
        List<Path> files;
        try (var found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        var corpus = new Corpus(files.size(), new ArrayList<>(), new ArrayList<>());
        var rounds = new HashMap<String, Integer>();
        for (var file : files) {
            corpus.add(folder.relativize(file).toString(), Files.readAllBytes(file), rounds);
        }
        return corpus;
    }

    private void add(String name, byte[] file, Map<String, Integer> rounds) {
        var found = new ArrayList<byte[]>();
        var read = Er7Messages.of(new ByteArrayInputStream(file), Math.max(1, file.length));
        try {
            read.forEachRemaining(found::add);
        } catch (UncheckedIOException e) {
            others.add(name + ": no HL7 in it, or not that alone");
            return;
        }
        for (int i = 0; i < found.size(); i++) {
            var message = found.get(i);
            var which = found.size() == 1 ? name : name + "#" + (i + 1);
            MessageHeader.of(message)
                    .ifPresentOrElse(
                            header -> add(which, message, header, rounds),
                            () -> others.add(which + ": no header that says its delimiters"));
        }
    }

    private void add(String name, byte[] content, MessageHeader header, Map<String, Integer> rounds) {
        if (header.isAcknowledgement() || Acknowledgement.of(content).isPresent()) {
            others.add(name + ": an answer, which nobody acknowledges");
        } else if (header.controlId().isEmpty()) {
            others.add(name + ": no control id, so that it is rejected (AR)");
        } else if (isFraming(content)) {
            others.add(name + ": holds the end of an MLLP frame");
        } else {
            var identity = header.field(3)
                    + header.fieldSeparator()
                    + header.field(4)
                    + header.fieldSeparator()
                    + header.controlId();
            int round = rounds.merge(identity, 1, Integer::sum) - 1;
            messages.add(new Sample(name, content, round, isAnswered(header)));
        }
    }

    private static boolean isFraming(byte[] content) {
        for (int i = 0; i + 1 < content.length; i++) {
            if (content[i] == 0x1C && content[i + 1] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnswered(MessageHeader header) {
        return !header.isEnhanced()
                || List.of("AL", "SU").contains(header.field(15))
                || List.of("AL", "SU").contains(header.field(16));
    }

    /** How many channels are needed. */
    int rounds() {
        return messages.stream().mapToInt(Sample::round).max().orElse(-1) + 1;
    }

    /** Those of a channel, in their order. */
    List<Sample> round(int number) {
        return messages.stream().filter(sample -> sample.round() == number).toList();
    }
}
