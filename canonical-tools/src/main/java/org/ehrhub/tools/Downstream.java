package org.ehrhub.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How EHRs were asked during one call, as their adapters note it for the audit trail: methods and statuses, never addresses or
 * content. May be used by many threads; keeps the first {@value #MOST} kinds of exchange.
 */
public final class Downstream {
    private static final int MOST = 24;
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z0-9^_-]{0,15}");
    private static final Pattern STATUS = Pattern.compile("[A-Z0-9]{1,8}");

    private final Map<Exchange, Integer> times = new LinkedHashMap<>();

    /**
     * A kind of exchange.
     *
     * @param ehr who was asked
     * @param method how: the HTTP method, or the trigger of a message
     * @param status what was answered: the HTTP status or the acknowledgement code; {@code NONE} without an answer
     */
    public record Exchange(String ehr, String method, String status) {
        /** Refuses anything that is neither a method nor a status. */
        public Exchange {
            if (!METHOD.matcher(method).matches() || !STATUS.matcher(status).matches()) {
                throw new IllegalArgumentException("Not a method and a status");
            }
        }
    }

    /** Notes that an EHR was asked once more. */
    public synchronized void note(Exchange exchange) {
        if (times.size() < MOST || times.containsKey(exchange)) {
            times.merge(exchange, 1, Integer::sum);
        }
    }

    /** How an EHR was asked, in the order of the first time: {@code GET 200}, or {@code GET 200 x3}. */
    public synchronized List<String> of(String ehr) {
        return times.entrySet().stream()
                .filter(one -> one.getKey().ehr().equals(ehr))
                .map(one -> one.getKey().method() + " " + one.getKey().status()
                        + (one.getValue() == 1 ? "" : " x" + one.getValue()))
                .toList();
    }
}
