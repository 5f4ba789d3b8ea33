package org.ehrhub.routes.composites;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pair that ChatGPT's connectors call. */
class ConnectorRoutesTest {
    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withPatient("a2", "Hill", "Bob", "1961-04-02")
            .withDocument("a1", "d1", "Visit note", "Slept well.\nNo complaints.", "2026-02-01T09:00:00-05:00");
    private final FakeEhr beta = FakeEhr.named("beta").withPatient("b1", "Hill", "Ada", "1948-03-21");
    private final TestHub hub = start(alpha, beta);

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void findsPatientsInEveryEhrAndFetchesOne() {
        var found = hub.call("search", "{'query':'Ada Hill 1948-03-21'}").json();

        assertThat(found.get("results").findValuesAsString("id"))
                .containsExactly("alpha/Patient/a1", "beta/Patient/b1");
        assertThat(found.get("results").get(0).get("title").stringValue())
                .contains("Ada Hill")
                .contains("1948-03-21");
        assertThat(found.get("results").get(0).get("url").stringValue()).isEqualTo("ehrhub:alpha/Patient/a1");
        assertThat(found.get("complete").booleanValue()).isTrue();

        var fetched = hub.call("fetch", "{'id':'alpha/Patient/a1'}").json();
        assertThat(fetched.get("id").stringValue()).isEqualTo("alpha/Patient/a1");
        assertThat(fetched.get("text").stringValue()).contains("MRN-a1");
        assertThat(fetched.get("source").get("ehr").stringValue()).isEqualTo("alpha");
    }

    @Test
    void findsAPatientsDocumentsAndReadsOne() {
        var found = hub.call("search", "{'query':'alpha/Patient/a1'}").json();

        assertThat(found.get("results").findValuesAsString("id")).containsExactly("alpha/DocumentReference/d1");
        assertThat(hub.call("fetch", "{'id':'alpha/DocumentReference/d1'}")
                        .json()
                        .get("text")
                        .stringValue())
                .isEqualTo("Slept well.\nNo complaints.");
        assertThat(beta.calls()).isEmpty();
    }

    @Test
    void readsOnWithTheCursor() {
        var first = hub.call("search", "{'query':'Hill','limit':1}").json();
        var second = hub.call(
                        "search",
                        "{'query':'Hill','limit':1,'cursor':'%s'}"
                                .formatted(first.get("cursor").stringValue()))
                .json();

        assertThat(first.get("results").findValuesAsString("id"))
                .containsExactly("alpha/Patient/a1", "beta/Patient/b1");
        assertThat(second.get("results").findValuesAsString("id")).containsExactly("alpha/Patient/a2");
        assertThat(second.get("complete").booleanValue()).isTrue();
    }

    @Test
    void understandsNamesIdentifiersAndDates() {
        assertThat(SearchWords.of("Hill, Ada")).isEqualTo(new SearchWords(null, "Hill", "Ada", null, null));
        assertThat(SearchWords.of("Ada May Hill")).isEqualTo(new SearchWords(null, "Hill", "Ada", null, null));
        assertThat(SearchWords.of(" Hill 1948-03-21"))
                .isEqualTo(new SearchWords(null, "Hill", null, "1948-03-21", null));
        assertThat(SearchWords.of("MRN-a1")).isEqualTo(new SearchWords(null, null, null, null, "MRN-a1"));
    }

    @Test
    void refusesWhatItCannotSearchFor() {
        for (var query : new String[] {"1948-03-21", "alpha/Appointment/x", "alpha/Patient/../x"}) {
            assertThat(TestHub.code(hub.call("search", "{'query':'" + query + "'}")))
                    .as(query)
                    .isEqualTo("INVALID_INPUT");
        }
        assertThat(TestHub.code(hub.call("fetch", "{'id':'alpha/Appointment/x'}")))
                .isEqualTo("INVALID_INPUT");
        assertThat(alpha.calls()).isEmpty();
    }

    private static TestHub start(FakeEhr... ehrs) {
        try {
            return TestHub.of(ehrs[0].entry(), ehrs[1].entry()).start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
