package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conditional interactions, alone and at the same time. */
@Tag("medplum")
class ConditionalFactsIT {
    private static final String SYSTEM = "http://hub.example.org/mrn";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final String value = UUID.randomUUID().toString();
    private final String search = "identifier=" + SYSTEM + "|" + value;

    @AfterEach
    void close() {
        var found = medplum.http().get("fhir/R4/Patient?" + search).json().path("entry");
        found.valueStream()
                .forEach(entry -> medplum.http()
                        .delete("fhir/R4/Patient/"
                                + entry.path("resource").path("id").asString()));
        medplum.close();
    }

    @Test
    void aConditionalCreateIs201Then200Then412() {
        var first = conditional();
        var second = conditional();
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.id()).isEqualTo(first.id());

        medplum.http().post("fhir/R4/Patient", patient());

        assertThat(conditional().status()).isEqualTo(412);
        assertThat(conditional().id()).isEqualTo("multiple-matches");
    }

    @Test
    void eightAtOnceMakeOnePatient() throws Exception {
        medplum.http().token();

        var statuses = atOnce(() -> conditional().status());

        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status == 200)
                .hasSize(7);
    }

    @Test
    void eightUpdatesOfOneVersionLetOneThrough() throws Exception {
        var first = medplum.http().post("fhir/R4/Patient", patient());
        var body = patient().replaceFirst("\\{", "{\"id\":\"" + first.id() + "\",\"active\":true,");

        var statuses = atOnce(() -> medplum.http()
                .put(
                        "fhir/R4/Patient/" + first.id(),
                        body.replace(
                                "\"Fact\"", "\"Fact" + Thread.currentThread().threadId() + "\""),
                        "If-Match",
                        "W/\"" + first.version() + "\"")
                .status());

        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(status -> status == 412)
                .hasSize(7);
    }

    @Test
    void conditionalUpdatePatchAndDelete() {
        var path = "fhir/R4/Patient?" + search;
        var patch = "[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]";
        assertThat(medplum.http().patch(path, patch).status()).isEqualTo(404);
        assertThat(medplum.http().delete(path).status()).isEqualTo(200);
        assertThat(medplum.http().put(path, patient()).status()).isEqualTo(201);
        assertThat(medplum.http().put(path, patient()).status()).isEqualTo(200);
        assertThat(medplum.http().patch(path, patch).status()).isEqualTo(200);
        medplum.http().post("fhir/R4/Patient", patient());
        assertThat(medplum.http().put(path, patient()).status()).isEqualTo(412);
        assertThat(medplum.http().delete(path).status()).isEqualTo(412);
    }

    private static List<Integer> atOnce(Callable<Integer> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(number -> work).toList());
            var statuses = new ArrayList<Integer>();
            for (var result : results) {
                statuses.add(result.get());
            }
            return statuses;
        }
    }

    private Reply conditional() {
        return medplum.http().post("fhir/R4/Patient", patient(), "If-None-Exist", search);
    }

    private String patient() {
        return """
                {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}],"name":[{"family":"Fact"}]}""".formatted(SYSTEM, value);
    }
}
