package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Pitfall 14, in part: the answer to the question who one is holds the client's secret. */
class ProjectFactsTest {
    private static final String ANSWER = """
            {"project":{"resourceType":"Project","id":"p","features":["bots","cron"],"link":[{"a":[1,{"features":["x"]}]}]},
             "membership":{"admin":true},
             "profile":{"resourceType":"ClientApplication","secret":"s3cret","features":["transaction-bundles"]},
             "accessPolicy":{"basedOn":[],"resource":[
               {"resourceType":"Patient","criteria":"Patient?address-state=TX","hiddenFields":["birthDate"]},
               {"resourceType":"Observation","criteria":"Observation?","readonly":true},
               {"resourceType":"Condition","hiddenFields":["note"],"interaction":["read"]},
               {"resourceType":"Encounter","criteria":"Encounter?class=AMB"},
               {"resourceType":"Encounter"}]}}""";

    @Test
    void featuresAreReadFromTheProjectAndNowhereElse() throws IOException {
        assertThat(facts(ANSWER).features()).containsExactlyInAnyOrder("bots", "cron");
    }

    @Test
    void featuresAreReadFromTheProjectItselfWhereTheAnswerHasNone() throws IOException {
        var facts = facts("{\"project\":{\"id\":\"p\",\"name\":\"n\"}}");

        var whole = facts.of("{\"resourceType\":\"Project\",\"secret\":[{\"name\":\"s3cret\"}],\"features\":[\"bots\"]}"
                .getBytes(StandardCharsets.UTF_8));

        assertThat(whole.id()).isEqualTo("p");
        assertThat(whole.features()).containsExactly("bots");
        assertThat(whole.toString()).doesNotContain("s3cret");
        assertThat(facts.of(new byte[0])).isEqualTo(facts);
    }

    @Test
    void nothingElseIsKept() throws IOException {
        assertThat(facts(ANSWER).toString()).doesNotContain("s3cret").doesNotContain("TX");
    }

    @Test
    void whatThePolicyLeavesOutIsSaidOfListsOfThatTypeOnly() throws IOException {
        var shown = facts(ANSWER).shown();

        assertThat(shown.remarks("Patient")).singleElement().asString().contains("some of these records only");
        assertThat(shown.remarks("Condition")).singleElement().asString().contains("hides parts");
        assertThat(shown.remarks("Observation")).isEmpty();
        assertThat(shown.remarks("Encounter")).isEmpty();
        assertThat(shown.remarks("Task")).isEmpty();
    }

    @Test
    void anAnswerWithoutAProjectSaysNothing() throws IOException {
        assertThat(ProjectFacts.read("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ProjectFacts.read(new byte[0])).isEmpty();
        assertThat(facts("{\"project\":{}}").features()).isEmpty();
        assertThatThrownBy(() ->
                        ProjectFacts.read("{\"profile\":{\"secret\":\"s3cret\",".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    private static ProjectFacts facts(String json) throws IOException {
        return ProjectFacts.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
