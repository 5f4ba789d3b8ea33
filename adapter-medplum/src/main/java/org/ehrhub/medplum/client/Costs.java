package org.ehrhub.medplum.client;

import java.util.Map;
import java.util.regex.Pattern;
import org.ehrhub.fhir.client.Demand;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/** What a request costs of the server's {@code fhirInteractions}, as it has been seen to count; rather too much than too little. */
final class Costs {
    private static final long READ = 1;
    private static final long SEARCH = 20;
    private static final long WRITE = 100;
    private static final long CONDITIONAL_WRITE = 120;

    /** A booking reads the schedule, and writes the appointment and two or three slots in a transaction. */
    private static final long BOOKING = 330;

    private static final Map<String, Long> OPERATIONS = Map.of(
            "$book", BOOKING,
            "$hold", BOOKING,
            "$cancel", BOOKING,
            "$find", 25L,
            "$everything", 60L,
            "$push", 2L,
            "$status", READ,
            "$execute", READ,
            "$deploy", WRITE,
            "$graphql", 2 * SEARCH);
    private static final Pattern OPERATION = Pattern.compile("\\$[a-z][a-z-]*");

    private Costs() {}

    static long of(Demand demand) {
        return switch (demand.kind()) {
            case READ, BINARY -> READ;
            case SEARCH, POSTED_SEARCH, PAGE -> SEARCH;
            case CREATE -> CONDITIONAL_WRITE;
            case UPDATE, PATCH, DELETE -> WRITE;
            case TRANSACTION -> demand.bundle() == null ? WRITE : of(demand.bundle());
            case LISTING, OPERATION -> operation(demand.address(), SEARCH);
            case ACTION, OWN_ACTION -> operation(demand.address(), WRITE);
            case OWN_READ -> operation(demand.address(), READ);
            case ATTACHMENT, TOKEN, STATEMENT, SMART -> 0;
        };
    }

    private static long of(Bundle bundle) {
        return bundle.getEntry().stream().mapToLong(Costs::of).sum();
    }

    private static long of(BundleEntryComponent entry) {
        var request = entry.getRequest();
        if (request.getMethod() == HTTPVerb.GET) {
            return SEARCH;
        }
        boolean conditional =
                request.hasIfNoneExist() || String.valueOf(request.getUrl()).contains("?");
        return conditional ? CONDITIONAL_WRITE : WRITE;
    }

    private static long operation(String address, long otherwise) {
        var name = OPERATION.matcher(address.split("\\?", 2)[0]);
        return name.find() ? OPERATIONS.getOrDefault(name.group(), otherwise) : otherwise;
    }
}
