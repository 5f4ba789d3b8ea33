package org.ehrhub.mllp.server;

import static org.ehrhub.mllp.Messages.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What must hold of a stream, whatever was done to it; reads messages and answers by itself. */
final class Oracle {
    private Oracle() {}

    /** What is wrong; nothing where all is well. */
    static List<String> faults(MutatedStream stream, List<byte[]> received, byte[] written) {
        var faults = new ArrayList<String>();
        var answers = answers(text(written));
        for (var message : stream.untouched()) {
            long times = received.stream()
                    .filter(one -> Arrays.equals(one, message.content()))
                    .count();
            if (times != 1) {
                faults.add(message.controlId() + " was received " + times + " times");
            }
            var own = answers.stream()
                    .filter(answer -> answer.endsWith(" " + message.controlId()))
                    .toList();
            if (!own.equals(List.of("AA " + message.controlId()))) {
                faults.add(message.controlId() + " was answered " + own);
            }
        }
        var accepted =
                answers.stream().filter(answer -> answer.startsWith("AA ")).toList();
        var taken = received.stream().map(one -> "AA " + controlId(text(one))).toList();
        if (!accepted.equals(taken)) {
            faults.add("received " + taken + ", answered " + accepted);
        }
        received.stream().map(one -> text(one)).filter(Oracle::isSeveral).forEach(one -> faults.add("joined " + one));
        return faults;
    }

    /** A header segment where none belongs. */
    private static boolean isSeveral(String content) {
        return content.indexOf("\rMSH|", 1) >= 0
                || content.indexOf("\nMSH|", 1) >= 0
                || content.indexOf("\u000bMSH|", 1) >= 0;
    }

    private static String controlId(String content) {
        var header = content.split("[\r\n]", 2)[0];
        var fields = header.split("\\" + header.charAt(3), -1);
        return fields.length > 9 ? fields[9] : "";
    }

    /** Each answer as {@code AA 1}. */
    private static List<String> answers(String written) {
        var answers = new ArrayList<String>();
        for (var frame : written.split("\u001c\r", -1)) {
            int from = frame.indexOf("\rMSA");
            if (from >= 0) {
                var fields = frame.substring(from + 1).split("\r", 2)[0].split("\\" + frame.charAt(from + 4), -1);
                answers.add(fields[1] + " " + fields[2]);
            }
        }
        return answers;
    }
}
