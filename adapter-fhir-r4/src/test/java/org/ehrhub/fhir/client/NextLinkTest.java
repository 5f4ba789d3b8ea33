package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextLinkTest {
    private static final URI BASE = URI.create("https://ehr.example/fhir");

    @Test
    void followsALinkUnderTheBaseUrl() {
        assertThat(place("https://ehr.example/fhir?_getpages=1")).contains("?_getpages=1");
        assertThat(place("https://EHR.example:443/fhir/Patient?page=2")).contains("/Patient?page=2");
        assertThat(place("Patient?identifier=a|b&page=2")).contains("/Patient?identifier=a%7Cb&page=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/fhir?page=2",
                "http://ehr.example/fhir?page=2",
                "https://ehr.example:8443/fhir?page=2",
                "https://hub@ehr.example/fhir?page=2",
                "https://ehr.example/other?page=2",
                "https://ehr.example/fhirother?page=2",
                "https://ehr.example/fhir/../admin?page=2",
                "https://ehr.example/fhir/%2e%2e/admin?page=2",
                "//elsewhere.example/fhir?page=2",
                "file:///fhir?page=2",
                "not a link\u0007"
            })
    void followsNoLinkThatLeadsElsewhere(String url) {
        assertThat(place(url)).isEmpty();
    }

    @Test
    void followsNoLinkWithoutAnAddress() {
        var page = new Bundle();
        page.addLink().setRelation("next");

        assertThat(NextLink.isThere(page)).isTrue();
        assertThat(NextLink.place(page, BASE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0:",
                "0:0:1:",
                "x:0:1:/Patient",
                "0:0:1:Patient",
                "0:0:1:/../admin",
                "-1:0:1:/Patient",
                "0:0:1:/Patient x",
                "0:0:1://x/y",
                "0:0::/Patient",
                "0;0:1:/Patient"
            })
    void refusesACursorThatItDidNotGive(String text) {
        assertThatThrownBy(() -> Cursor.parse(text))
                .isInstanceOf(EhrFailure.class)
                .hasMessageContaining("`cursor`");
    }

    @Test
    void readsItsOwnCursor() {
        var cursor = Cursor.first(SearchUrl.of("Patient").text("family", "a,b")).after(4);

        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40})
    void noticesThatPagesLeadInACircle(int length) {
        var cursor = Cursor.first(SearchUrl.of("Patient").text("family", "a"));
        var fetched = 0;
        for (; fetched < 1000; fetched++) {
            var next = Cursor.parse(cursor.text()).following("?page=" + fetched % length);
            if (next.isEmpty()) {
                break;
            }
            cursor = next.get();
        }

        assertThat(fetched).isBetween(length, 4 * length);
    }

    @Test
    void believesATotalOnlyOfTheWholeSearch() {
        var page = new Bundle();
        page.addLink().setRelation("self").setUrl("https://ehr.example/fhir/Patient?family=a&gender=male&_count=3");

        assertThat(NextLink.usedAll(page, Set.of("family", "gender"))).isTrue();
        assertThat(NextLink.usedAll(page, Set.of("family", "birthdate"))).isFalse();
    }

    private static Optional<String> place(String next) {
        var page = new Bundle();
        page.addLink().setRelation("next").setUrl(next);
        return NextLink.place(page, BASE);
    }
}
