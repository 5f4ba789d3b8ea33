package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchUrlTest {
    @Test
    void keepsEveryValueInItsOwnParameter() {
        var url = SearchUrl.of("Patient").text("family", "a,b|c$d\\e&given=x#+ é");

        assertThat(url.text()).isEqualTo("Patient?family=a%5C%2Cb%5C%7Cc%5C%24d%5C%5Ce%26given%3Dx%23%2B%20%C3%A9");
    }

    @Test
    void splitsATokenAtItsFirstBar() {
        assertThat(SearchUrl.of("Patient").token("identifier", "urn:x|1|2,3").text())
                .isEqualTo("Patient?identifier=urn%3Ax%7C1%5C%7C2%5C%2C3");
        assertThat(SearchUrl.of("Patient").token("identifier", "123").text()).isEqualTo("Patient?identifier=123");
    }

    @Test
    void asksForAnyOfSeveralValues() {
        assertThat(SearchUrl.of("Patient").anyOf("phone", List.of("1,2", "3")).text())
                .isEqualTo("Patient?phone=1%5C%2C2%2C3");
    }

    @Test
    void writesTimesWithTheirOffset() {
        var time = OffsetDateTime.parse("2026-03-02T09:00:00+02:00");

        assertThat(SearchUrl.of("Slot").time("start", "ge", time).text())
                .isEqualTo("Slot?start=ge2026-03-02T09%3A00%3A00%2B02%3A00");
        assertThat(SearchUrl.of("Slot")
                        .time("start", "lt", time.plusNanos(5_000_000))
                        .text())
                .endsWith("09%3A00%3A00.005%2B02%3A00");
    }
}
