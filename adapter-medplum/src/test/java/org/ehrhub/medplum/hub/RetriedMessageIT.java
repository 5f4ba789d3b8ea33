package org.ehrhub.medplum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.stub.Receiver.Manner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Pitfall 1: a message that is sent again under its key, by the whole hub: it arrives once at most, and nobody says otherwise. */
class RetriedMessageIT {
    private static final String MESSAGE =
            "MSH|^~\\&|HUB|CLINIC|LIS|LAB|20261120101500||ORM^O01^ORM_O01||P|2.5.1\rPID|1||MRN1\rORC|NW|1";

    @TempDir
    Path folder;

    private final HubOnMedplum.Behind behind = HubOnMedplum.Behind.start();

    @AfterEach
    void close() {
        behind.close();
    }

    @Test
    void whatTheReceiverHasAcceptedIsAnsweredAgainAndNotSentAgain() throws Exception {
        try (var hub = behind.hub(folder)) {
            var first = hub.send(message("key0123456789"));
            var again = hub.send(message("key0123456789"));

            assertThat(first.failed()).isFalse();
            assertThat(again.json().path("item")).isEqualTo(first.json().path("item"));
            assertThat(again.text()).contains("nothing was written again");
        }
        assertThat(behind.lab().messages()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"IS_SILENT", "DROPS", "ANSWERS_ANOTHER", "TALKS_NONSENSE"})
    void whoseAcknowledgementIsLostIsNeverSentAgainUnderItsKey(Manner manner) throws Exception {
        behind.lab().will(manner);
        var codes = new HashSet<String>();
        try (var hub = behind.hub(folder)) {
            for (int tries = 0; tries < 3; tries++) {
                codes.add(HubOnMedplum.code(hub.send(message("key0123456789"))));
            }
        }
        behind.lab().will(Manner.ACCEPTS);
        try (var restarted = behind.hub(folder)) {
            codes.add(HubOnMedplum.code(restarted.send(message("key0123456789"))));
        }

        assertThat(codes).containsExactly("OUTCOME_UNKNOWN");
        assertThat(behind.lab().messages()).hasSize(1);
    }

    @Test
    void whatWasAcceptedIsNotSentAgainByAHubThatWasStartedAnew() throws Exception {
        try (var hub = behind.hub(folder)) {
            assertThat(hub.send(message("key0123456789")).failed()).isFalse();
        }
        try (var restarted = behind.hub(folder)) {
            assertThat(restarted.send(message("key0123456789")).failed()).isTrue();
        }
        assertThat(behind.lab().messages()).hasSize(1);
    }

    @Test
    void anotherKeyIsAnotherMessageWithAnMsh10OfItsOwn() throws Exception {
        try (var hub = behind.hub(folder)) {
            assertThat(hub.send(message("key0123456789")).failed()).isFalse();
            assertThat(hub.send(message("key9876543210")).failed()).isFalse();
        }
        assertThat(behind.lab().messages()).hasSize(2).doesNotHaveDuplicates();
    }

    private static ObjectNode message(String key) {
        return HubOnMedplum.JSON
                .createObjectNode()
                .put("ehr", MedplumEhr.NAME)
                .put("message", MESSAGE)
                .put("idempotencyKey", key);
    }
}
