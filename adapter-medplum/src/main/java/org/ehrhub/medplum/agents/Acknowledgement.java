package org.ehrhub.medplum.agents;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver says of a message (HL7 v2.5.1, 2.15.8).
 *
 * @param code MSA-1
 * @param about MSA-2: the MSH-10 of the message
 * @param error the code of the error, where it is one of HL7's own (table 0357)
 */
public record Acknowledgement(
        String code, String about, @Nullable String error) {
    private static final Set<String> GOOD = Set.of("AA", "CA");
    private static final Set<String> BAD = Set.of("AE", "AR", "CE", "CR");
    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("100", "its segments are not in the order that is asked for"),
            Map.entry("101", "a required field is missing"),
            Map.entry("102", "a field has data of the wrong type"),
            Map.entry("103", "a code is not in its table"),
            Map.entry("104", "a value is too long"),
            Map.entry("200", "this kind of message is not supported"),
            Map.entry("201", "this event is not supported"),
            Map.entry("202", "this processing id is not supported"),
            Map.entry("203", "this version of HL7 is not supported"),
            Map.entry("204", "it names somebody or something that is not known there"),
            Map.entry("205", "it names somebody or something that is there already"),
            Map.entry("206", "the record is locked"),
            Map.entry("207", "the receiver failed within itself"));

    /** Reads an acknowledgement; empty where the message is none. */
    public static Optional<Acknowledgement> of(Er7 message) {
        var code = message.field("MSA", 1);
        if (code.isEmpty() || !(GOOD.contains(code.get()) || BAD.contains(code.get()))) {
            return Optional.empty();
        }
        // Before v2.5 the code stood in ERR-1, fourth component, and in MSA-6.
        var error = message.component("ERR", 3, 1)
                .or(() -> message.component("ERR", 1, 4))
                .or(() -> message.component("MSA", 6, 1))
                .filter(known -> ERRORS.containsKey(known) && BAD.contains(code.get()));
        return Optional.of(
                new Acknowledgement(code.get(), message.field("MSA", 2).orElse(""), error.orElse(null)));
    }

    /** Whether the receiver has the message, or will do what it asks for. */
    public boolean good() {
        return GOOD.contains(code);
    }

    /** Whether the receiver has only taken the message on, and not said yet what it did with it. */
    public boolean isOnlyOfReceipt() {
        return code.equals("CA");
    }

    /** The failure of a message that was refused; nothing of the receiver's own words is in it. */
    public EhrFailure refusal() {
        var why = error == null ? "" : ": " + ERRORS.get(error) + " (" + error + ")";
        return new EhrFailure(
                ErrorCode.REJECTED_BY_EHR,
                "The receiver rejected the message (" + code + ")" + why + ".",
                "Correct the message, and give it another MSH-10 or none before you send it again.");
    }
}
