package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Create, update, patch and delete as Medplum does them. */
@Tag("medplum")
class WritingFactsIT {
    private static final String FAMILY = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Fact\"}]";
    private static final String NOBODY = "fhir/R4/Patient/a87fe7a6-0578-468b-be1a-298ab587f879";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void aCreateAnswersWithEtagAndALocationWithoutHistory() {
        var reply = created();

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Content-Type")).isEqualTo("application/fhir+json; charset=utf-8");
        assertThat(reply.header("ETag")).isEqualTo("W/\"" + reply.version() + "\"");
        assertThat(reply.header("Location")).endsWith("/fhir/R4/Patient/" + reply.id());
        assertThat(reply.json().path("meta").propertyNames()).containsExactlyInAnyOrder("versionId", "lastUpdated");
    }

    @Test
    void returnMinimalLeavesAnEmptyBody() {
        var reply = medplum.http().post("fhir/R4/Patient", FAMILY + "}", "Prefer", "return=minimal");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).isEmpty();
        taken(reply);
    }

    @Test
    void allProblemsOfTheStructureAreListed() {
        var reply = medplum.http()
                .post(
                        "fhir/R4/Observation",
                        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"favouriteColour\":\"x\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().has("id")).isFalse();
        assertThat(reply.json().path("issue").valueStream())
                .extracting(issue -> issue.path("expression").path(0).asString())
                .containsExactly("Observation.code", "Observation.favouriteColour");
    }

    @Test
    void aBodyOfAnotherContentTypeIsEmptyToMedplum() {
        var reply = medplum.http().post("fhir/R4/Patient", FAMILY + "}", "Content-Type", "text/plain");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.issue()).isEqualTo("Incorrect resource type: expected Patient, but found <EMPTY>");
    }

    @Test
    void brokenJsonAndBodiesOverAMegabyteAreRefused() {
        assertThat(medplum.http().post("fhir/R4/Patient", "{\"resourceType\":").issue())
                .isEqualTo("Content could not be parsed");
        medplum.since("5.1");
        var large = FAMILY + ",\"text\":{\"status\":\"generated\",\"div\":\"" + "x".repeat(1_200_000) + "\"}}";
        assertThat(medplum.http().post("fhir/R4/Patient", large).status()).isEqualTo(413);
    }

    @Test
    void ifMatchCountsOnlyQuotedAndOnlyOnPut() {
        var first = created();
        var path = "fhir/R4/Patient/" + first.id();
        var old = first.version();
        assertThat(medplum.http()
                        .put(path, body(first, "\"active\":true"), "If-Match", "W/\"" + old + "\"")
                        .status())
                .isEqualTo(200);

        var stale = medplum.http().put(path, body(first, "\"active\":false"), "If-Match", "W/\"" + old + "\"");
        var unquoted = medplum.http().put(path, body(first, "\"active\":false"), "If-Match", old);
        var patched = medplum.http()
                .patch(
                        path,
                        "[{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]",
                        "If-Match",
                        "W/\"" + old + "\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.id()).isEqualTo("precondition-failed");
        assertThat(unquoted.status()).isEqualTo(200);
        assertThat(patched.status()).isEqualTo(200);
        taken(first);
    }

    @Test
    void anUpdateWithoutAChangeKeepsTheVersion() {
        var first = created();

        var again = medplum.http().put("fhir/R4/Patient/" + first.id(), body(first, ""));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.version()).isEqualTo(first.version());
        taken(first);
    }

    @Test
    void idsAreTheServers() {
        var id = NOBODY.substring(NOBODY.lastIndexOf('/') + 1);
        assertThat(medplum.http()
                        .put(NOBODY, FAMILY + ",\"id\":\"" + id + "\"}")
                        .status())
                .isEqualTo(404);
        assertThat(medplum.http().put(NOBODY, FAMILY + ",\"id\":\"1\"}").issue())
                .isEqualTo("Incorrect resource ID");
    }

    @Test
    void aFailedTestOfAPatchIs400() {
        var first = created();
        var path = "fhir/R4/Patient/" + first.id();
        var test = "{\"op\":\"test\",\"path\":\"/meta/versionId\",\"value\":\"%s\"}";
        var change = "{\"op\":\"add\",\"path\":\"/active\",\"value\":true}";

        var failed = medplum.http().patch(path, "[" + test.formatted("other") + "," + change + "]");
        var done = medplum.http().patch(path, "[" + test.formatted(first.version()) + "," + change + "]");

        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed.issue()).startsWith("Test failed: ");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("active").asBoolean()).isTrue();
        taken(first);
    }

    @Test
    void patchesThatDoNotFitAre400() {
        var first = created();
        var path = "fhir/R4/Patient/" + first.id();

        assertThat(medplum.http()
                        .patch(path, "[{\"op\":\"replace\",\"path\":\"/photo/0/url\",\"value\":\"x\"}]")
                        .issue())
                .isEqualTo("Value required at path: /photo/0/url");
        assertThat(medplum.http().patch(path, "{\"op\":\"add\"}").issue()).isEqualTo("Patch body must be an array");
        assertThat(medplum.http()
                        .patch(path, "[{\"op\":\"add\",\"path\":\"/gender\",\"value\":42}]")
                        .status())
                .isEqualTo(400);
        taken(first);
    }

    @Test
    void aDeleteIs200AgainAndAgainAndAPutRevives() {
        var first = created();
        var path = "fhir/R4/Patient/" + first.id();

        assertThat(medplum.http().delete(path).id()).isEqualTo("ok");
        assertThat(medplum.http().delete(path).status()).isEqualTo(200);
        assertThat(medplum.http().get(path).status()).isEqualTo(410);
        assertThat(medplum.http().put(path, body(first, "")).status()).isEqualTo(200);
        assertThat(medplum.http().get(path).status()).isEqualTo(200);
        assertThat(medplum.http().delete(NOBODY).status()).isEqualTo(404);
        var history = medplum.http().get(path + "/_history");
        assertThat(history.json().path("entry").valueStream())
                .extracting(entry -> entry.path("response").path("status").asString())
                .containsExactly("200", "410", "200");
        taken(first);
    }

    @Test
    void headIsNotThere() {
        var first = created();

        assertThat(medplum.http()
                        .ask("HEAD", "fhir/R4/Patient/" + first.id(), null)
                        .status())
                .isEqualTo(404);
        assertThat(medplum.http().get("fhir/R4/Patient/" + first.id()).status()).isEqualTo(200);
        taken(first);
    }

    private Reply created() {
        return medplum.http().post("fhir/R4/Patient", FAMILY + "}");
    }

    private void taken(Reply reply) {
        var location = reply.header("Location");
        medplum.http().delete(location.substring(location.indexOf("fhir/R4")));
    }

    private static String body(Reply first, String more) {
        return FAMILY + ",\"id\":\"" + first.id() + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }
}
