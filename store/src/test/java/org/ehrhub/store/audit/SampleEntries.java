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

    /** A write of which everything is known. */
    static Entry whole() {
        return new Entry(
                TIME,
                "call-1",
                Stage.AFTER_WRITE,
                "https://login.example|ann",
                "referral.submit",
                List.of("stmarys"),
                PATIENT + " stmarys/ServiceRequest/s1",
                "stmarys=ok",
                new Circumstances(
                        "dr <bea> & \"co\"\n\u0001",
                        "assistant",
                        "TREAT",
                        "allowed",
                        "policy.yaml:12",
                        "approval-1",
                        "POST 201 version 1",
                        Duration.ofMillis(12),
                        "4bf92f3577b34da6a3ce929d0e0e4736"));
    }

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
