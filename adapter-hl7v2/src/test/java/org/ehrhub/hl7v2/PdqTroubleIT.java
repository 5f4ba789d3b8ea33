package org.ehrhub.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.hl7v2.PdqHospital.call;
import static org.ehrhub.hl7v2.PdqHospital.family;
import static org.ehrhub.hl7v2.PdqHospital.until;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.ehrhub.adapters.Health;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.PatientSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PdqTroubleIT {
    private static PdqHospital hospital;

    @BeforeAll
    static void open() throws InterruptedException {
        hospital = PdqHospital.open();
    }

    @AfterAll
    static void close() {
        hospital.close();
    }

    @BeforeEach
    void reset() {
        hospital.supplier().reset();
    }

    @Test
    void refusesToSearchByPhoneAloneAndAsksNobody() {
        var byPhone = new PatientSearch(null, null, null, null, null, null, "5550142", null, null);

        assertThat(hospital.failure(byPhone, call()).code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(hospital.supplier().queries()).isEmpty();
    }

    @Test
    void asksNobodyAboutAReferenceItNeverGave() {
        assertThat(hospital.failure(new Reference("hospital", "Patient", "1001")))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(hospital.failure(new PdqKey("1001", "STM", PdqHospital.OID).in("another")))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(hospital.supplier().queries()).isEmpty();
    }

    @Test
    void saysThatTheSupplierRefusedWithoutItsWords() {
        hospital.supplier().mood(PdqSupplier.Mood.REFUSING);

        var failure = hospital.failure(family("Hill", 20), call());

        assertThat(failure.code()).isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(failure.message() + failure.hint()).doesNotContain("Hill").doesNotContain("Unknown key");
    }

    @Test
    void saysThatACursorHasExpired() {
        var first = hospital.found(family("Hill", 2), call());
        hospital.people().forgetQueries();

        var failure = hospital.failure(family("Hill", 2), call().at(first.nextOrNull()));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(failure.message()).contains("`cursor`");
    }

    @Test
    void givesUpASilentSupplierByTheDeadline() {
        hospital.supplier().mood(PdqSupplier.Mood.SILENT);
        var deadline = Instant.now().plusMillis(300);

        var failure = hospital.failure(family("Hill", 20), until(deadline));

        assertThat(failure.code()).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(hospital.supplier().queries()).hasSize(1);
        assertThat(Instant.now()).isBetween(deadline.minusMillis(50), deadline.plusSeconds(2));
    }

    @Test
    void asksNobodyAfterTheDeadline() {
        var failure = hospital.failure(family("Hill", 20), until(Instant.now()));

        assertThat(failure.code()).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(hospital.supplier().queries()).isEmpty();
    }

    @Test
    void knowsWhetherSomethingListens() throws Exception {
        assertThat(hospital.adapter().probe(Duration.ofSeconds(2))).isInstanceOf(Health.Up.class);
        InetSocketAddress nobody;
        try (var socket = new ServerSocket(0, 1, hospital.supplier().address().getAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        try (var lonely = new PdqTrial("hospital", nobody, "STM", InstantSource.system())) {
            assertThat(lonely.probe(Duration.ofSeconds(2))).isInstanceOf(Health.Down.class);
        }
    }
}
