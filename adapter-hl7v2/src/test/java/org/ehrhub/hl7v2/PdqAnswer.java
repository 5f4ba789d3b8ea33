package org.ehrhub.hl7v2;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v25.message.RSP_K21;
import ca.uhn.hl7v2.util.Terser;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/**
 * The answer to a {@link PdqQuestion}, {@code RSP^K22^RSP_K21} of HL7 v2.5.
 *
 * @param people the PID segments
 * @param pointer DSC-1; empty when the supplier offers no way on
 * @param total QAK-4, how many fit altogether; negative when not said
 * @param remaining QAK-6, how many were not sent yet
 */
record PdqAnswer(List<PidFields> people, String pointer, long total, long remaining) {

    static PdqAnswer read(String ehr, Message message, boolean goingOn) {
        try {
            var acknowledged = new Terser(message).get("/MSA-1");
            if (!"AA".equals(acknowledged) || !(message instanceof RSP_K21 answer)) {
                throw refused(goingOn);
            }
            return switch (PidFields.text(answer.getQAK().getQueryResponseStatus())) {
                case "OK" -> found(ehr, answer);
                case "NF" -> new PdqAnswer(List.of(), "", 0, 0);
                default -> throw refused(goingOn);
            };
        } catch (HL7Exception e) {
            throw new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE,
                    "The EHR's answer cannot be read.",
                    "Try again; ask the EHR's operator.");
        }
    }

    private static PdqAnswer found(String ehr, RSP_K21 answer) throws HL7Exception {
        var people = answer.getQUERY_RESPONSEAll().stream()
                .map(response -> new PidFields(ehr, response.getPID()))
                .toList();
        var counts = answer.getQAK();
        return new PdqAnswer(
                people,
                PidFields.text(answer.getDSC().getContinuationPointer()),
                number(PidFields.text(counts.getHitCount()), -1),
                number(PidFields.text(counts.getHitsRemaining()), 0));
    }

    private static long number(String text, long otherwise) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : otherwise;
    }

    private static EhrFailure refused(boolean goingOn) {
        return goingOn
                ? new EhrFailure(
                        ErrorCode.INVALID_INPUT, "`cursor` is no longer known to the EHR.", "Search again without it.")
                : new EhrFailure(
                        ErrorCode.REJECTED_BY_EHR,
                        "The EHR refused the query.",
                        "Change the criteria; ask the EHR's operator if it refuses every query.");
    }
}
