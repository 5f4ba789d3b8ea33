package org.ehrhub.testkit;

import org.ehrhub.testkit.faults.Fault;

/** Faults in the words of a promise: "the EHR ...". */
final class FaultWords {
    private FaultWords() {}

    static String of(Fault fault) {
        return switch (fault) {
            case DOWN -> "is down";
            case HANGS -> "hangs";
            case SLOW -> "is slow";
            case DROPS_CONNECTIONS -> "closes connections without an answer";
            case LOSES_ANSWERS -> "does it and never answers";
            case CUTS_OFF -> "closes connections in the middle of an answer";
            case BUSY -> "is busy (429)";
            case BUSY_FOR_LONG -> "is busy for an hour (429 with Retry-After)";
            case FORBIDS -> "lets nobody in (403)";
            case FAILS -> "fails with a person's name (500)";
            case ANSWERS_HTML -> "answers with a web page (200)";
            case ANSWERS_OUTCOME -> "answers with an OperationOutcome (200)";
            case REDIRECTS -> "redirects to another host";
            case LEADS_AWAY -> "has its next page on another host";
            case LOOPS -> "has a next page that is the same again";
            case MISCOUNTS -> "counts wrongly";
            case IGNORES_FILTERS -> "ignores filters";
            case HUGE -> "answers with 50 MB";
        };
    }
}
