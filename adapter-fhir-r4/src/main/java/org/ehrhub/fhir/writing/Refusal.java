package org.ehrhub.fhir.writing;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/** Why a write is not done, in the hub's words. */
public final class Refusal {
    private Refusal() {}

    /** An argument that cannot be honoured. */
    public static EhrFailure invalid(String argument, String problem, String hint) {
        return new EhrFailure(ErrorCode.INVALID_INPUT, "`" + argument + "` " + problem, hint);
    }

    /** A record that is not as the write needs it. */
    public static EhrFailure conflict(String message, String hint) {
        return new EhrFailure(ErrorCode.CONFLICT, message, hint);
    }

    static EhrFailure enteredInError() {
        return new EhrFailure(
                ErrorCode.NOT_FOUND, "The EHR says that this record was entered in error.", "List the records again.");
    }

    static EhrFailure modified() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The record carries a modifier that the hub does not know and that may change its meaning.",
                "Make the change in the EHR itself.");
    }

    static EhrFailure partial() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR shows the hub only a part of this record, so writing it back would lose the rest.",
                "Make the change in the EHR itself.");
    }

    /** A write of which an EHR that keeps no keys shows nothing. */
    static EhrFailure untold() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "Whether it was done cannot be told: the EHR does not keep the hub's keys with its records.",
                "Look for the record before you write it again.");
    }

    /** A write that was taken and does not show. */
    public static EhrFailure unseen() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The EHR took the write but did not show what it holds now.",
                "Look whether it was done before you try again.");
    }
}
