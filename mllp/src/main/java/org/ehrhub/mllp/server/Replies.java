package org.ehrhub.mllp.server;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.framing.Problem;
import org.ehrhub.mllp.framing.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The messages by which an answer reaches its sender, in the mode that the sender asks for: one application acknowledgement in
 * the original mode; in the enhanced mode a commit acknowledgement where MSH-15 wants one, and an application acknowledgement
 * where MSH-16 does (HL7 v2.5.1, 2.9.2 and 2.9.3, table 0155).
 */
final class Replies {
    private final Reply reply;

    Replies(Reply reply) {
        this.reply = reply;
    }

    List<byte[]> of(MessageHeader message, Numbered answer) {
        return message.isEnhanced() ? enhanced(message, answer) : List.of(original(message, answer));
    }

    private byte[] original(MessageHeader message, Numbered numbered) {
        return switch (numbered.answer()) {
            case Answer.Message own -> own.content();
            case Answer.Code(AcknowledgementCode code, @Nullable Problem problem) ->
                reply.to(message, application(code), problem, numbered.expected());
        };
    }

    private List<byte[]> enhanced(MessageHeader message, Numbered numbered) {
        var answer = numbered.answer();
        var all = new ArrayList<byte[]>(2);
        var commit =
                answer instanceof Answer.Code(AcknowledgementCode code, @Nullable Problem problem) && code.isCommit()
                        ? code
                        : AcknowledgementCode.CA;
        if (isWanted(message.field(15), commit.isAccept())) {
            all.add(reply.to(
                    message,
                    commit,
                    answer instanceof Answer.Code said && !commit.isAccept() ? said.problem() : null,
                    numbered.expected()));
        }
        switch (answer) {
            case Answer.Message own -> {
                if (isWanted(message.field(16), true)) {
                    all.add(own.content());
                }
            }
            case Answer.Code(AcknowledgementCode code, @Nullable Problem problem) -> {
                boolean unheard = all.isEmpty() && !code.isAccept(); // a refused commit of which nobody would be told
                if ((!code.isCommit() || unheard) && isWanted(message.field(16), code.isAccept())) {
                    all.add(reply.to(message, application(code), problem, numbered.expected()));
                }
            }
        }
        return all;
    }

    /** Table 0155: always, never, where it went well, where it did not; what is not valued is not wanted. */
    private static boolean isWanted(String condition, boolean accepted) {
        return switch (condition) {
            case "AL" -> true;
            case "SU" -> accepted;
            case "ER" -> !accepted;
            default -> false;
        };
    }

    private static AcknowledgementCode application(AcknowledgementCode code) {
        return switch (code) {
            case CA -> AcknowledgementCode.AA;
            case CE -> AcknowledgementCode.AE;
            case CR -> AcknowledgementCode.AR;
            case AA, AE, AR -> code;
        };
    }
}
