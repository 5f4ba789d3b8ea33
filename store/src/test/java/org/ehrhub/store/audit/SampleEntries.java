package org.ehrhub.store.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;

/** Entries about people who do not exist. */
public final class SampleEntries {
    static final Instant TIME = Instant.parse("2026-03-02T09:00:00Z");
    static final String PATIENT = "stmarys/Patient/p1";

    private SampleEntries() {}

    /** A read of a call. */
    public static Entry read(String call) {
        return entry(call, "lab.list", PATIENT + " stmarys/Observation/o1", TIME);
    }

    static Entry entry(String call, String tool, String reference, Instant at) {
        return new Entry(
                at,
                call,
                Stage.READ,
                "https://login.example|ann",
                tool,
                List.of("stmarys"),
                reference,
                "stmarys=ok",
                new Circumstances(
                        null,
                        "assistant",
                        "TREAT",
                        "allowed",
                        "nurses",
                        null,
                        "version 3",
                        Duration.ofMillis(12),
                        null));
    }
}
