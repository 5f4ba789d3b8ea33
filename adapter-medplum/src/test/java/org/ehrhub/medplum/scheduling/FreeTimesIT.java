package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("medplum")
class FreeTimesIT {
    private static final Pattern WINDOW = Pattern.compile("start=([^&]+)&end=([^&]+)&.*");

    private final Practice practice = Practice.open();

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void findsTheFreeTimesOfADay() {
        var page = practice.page(practice.monday(), null);

        assertThat(page.items()).hasSize(15).allSatisfy(slot -> {
            assertThat(slot.practitioner()).isNotNull();
            assertThat(slot.practitioner().ref()).isEqualTo(practice.hill());
            assertThat(slot.practitioner().name()).isEqualTo("Dr Grace Hill");
            assertThat(slot.serviceType().code()).isEqualTo("urn:example:services|office-visit");
            assertThat(Duration.between(slot.start(), slot.end())).isEqualTo(Duration.ofMinutes(30));
        });
        assertThat(page.items().getFirst().start()).isEqualTo(Practice.time("2040-01-02T14:00:00Z"));
        assertThat(page.items().getLast().start()).isEqualTo(Practice.time("2040-01-02T21:00:00Z"));
        assertThat(page.complete()).isTrue();
    }

    @Test
    void asksInPartsAboutAMonthSinceMedplumTakesNoMoreThan31DaysWithWhatLiesAround() {
        var all = practice.all(Practice.days(31, practice.hill(), null));

        assertThat(all).hasSize(23 * 15).doesNotHaveDuplicates();
        var asked = practice.medplum().stub().heard("GET /fhir/R4/" + practice.schedule() + "/$find");
        assertThat(asked).hasSizeGreaterThan(1).allSatisfy(heard -> {
            assertThat(heard.status()).isEqualTo(200);
            assertThat(length(heard.asked().query())).isLessThanOrEqualTo(Duration.ofDays(31));
        });
    }

    @Test
    void findsATimeThatBeginsInTheSpanAndEndsAfterIt() {
        assertThat(practice.all(span("2040-01-02T14:00:00Z", "2040-01-02T14:10:00Z")))
                .hasSize(1);
        assertThat(practice.all(span("2040-01-02T14:01:00Z", "2040-01-02T14:30:00Z")))
                .isEmpty();
    }

    @Test
    void findsATimeBeforeWhichSomethingIsKeptFreeOutsideTheSpan() {
        var service = practice.medplum().create("""
                {"resourceType":"HealthcareService","active":true,"name":"Surgery",
                 "type":[{"coding":[{"system":"urn:example:services","code":"surgery"}]}],
                 "availableTime":[{"daysOfWeek":["mon"],"availableStartTime":"09:00:00","availableEndTime":"17:00:00"}],
                 "extension":[{"url":"https://medplum.com/fhir/StructureDefinition/SchedulingParameters","extension":[
                   {"url":"duration","valueDuration":{"value":1,"unit":"h"}},
                   {"url":"alignmentInterval","valueDuration":{"value":30,"unit":"min"}},
                   {"url":"bufferBefore","valueDuration":{"value":45,"unit":"min"}},
                   {"url":"timezone","valueCode":"America/New_York"}]}]}""");
        practice.clinic().schedule(practice.clinic().practitioner("Young"), service);

        var whole = practice.all(Practice.days(1, null, "surgery"));
        assertThat(whole).extracting(slot -> slot.start().toString()).contains("2040-01-02T16:00Z");
        assertThat(practice.all(of("surgery", "2040-01-02T16:00:00Z", "2040-01-02T16:10:00Z")))
                .hasSize(1);
        assertThat(paged(Practice.days(1, null, "surgery"), 1)).isEqualTo(whole);
    }

    @Test
    void narrowsByPractitionerAndByServiceType() {
        var young = practice.clinic().practitioner("Young");
        practice.clinic().schedule(young, practice.service());
        var nobody = new Reference(Practice.EHR, "Practitioner", "6f1c7c1e-0000-4000-8000-000000000000");

        assertThat(practice.all(Practice.days(1, Practice.reference(young), null)))
                .hasSize(15)
                .allSatisfy(slot -> assertThat(slot.practitioner().ref()).isEqualTo(Practice.reference(young)));
        assertThat(practice.all(Practice.days(1, practice.hill(), "urn:example:services|office-visit")))
                .hasSize(15);
        assertThat(practice.all(Practice.days(1, practice.hill(), "office-visit")))
                .hasSize(15);
        assertThat(practice.all(Practice.days(1, practice.hill(), "surgery"))).isEmpty();
        assertThat(practice.all(Practice.days(1, nobody, null))).isEmpty();
    }

    @Test
    void goesOnFromPageToPageThroughAllSchedules() {
        practice.mustBeAlone();
        var group = practice.clinic().service("Group visit", 0);
        practice.clinic().schedule(practice.clinic().practitioner("Young"), practice.service());
        practice.clinic().schedule(practice.clinic().practitioner("Old"), group);
        var whole = Practice.days(2, null, null);

        assertThat(paged(whole, 7)).hasSize(2 * (15 + 15 + 16)).isEqualTo(practice.all(whole));
    }

    /** Pitfall 12: what finds nothing has neither rows nor a count of them. */
    @Test
    void anAnswerWithoutEntryAndTotalIsAnEmptyList() {
        var sunday = new SlotSearch(
                Practice.EHR, Practice.MONDAY.minusDays(1), Practice.MONDAY, practice.hill(), null, null, null);

        var page = practice.page(sunday, null);

        assertThat(page.items()).isEmpty();
        assertThat(page.complete()).isTrue();
    }

    @Test
    void saysWhichSchedulesTheEhrRefusesToWorkOut() {
        practice.mustBeAlone();
        practice.clinic()
                .schedule(
                        practice.clinic().practitioner("Broken"),
                        "HealthcareService/12188d0a-18d9-4aa3-a6d5-d478f8d09922");

        var page = practice.page(Practice.days(1, null, null), null);

        assertThat(page.items()).hasSize(15);
        assertThat(page.complete()).isFalse();
        assertThat(page.warnings()).singleElement().asString().contains("1 schedules");
    }

    @Test
    void failsWhereTheEhrRefusesAll() {
        var broken = practice.clinic().practitioner("Broken");
        practice.clinic().schedule(broken, "HealthcareService/12188d0a-18d9-4aa3-a6d5-d478f8d09922");

        assertThat(Practice.code(practice.call(
                        AppointmentTools.SLOT_SEARCH,
                        Practice.days(1, Practice.reference(broken), null),
                        Practice.context())))
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void refusesCursorsAndReferencesThatAreNotItsOwn() {
        var foreign = Practice.days(1, new Reference("elsewhere", "Practitioner", "1"), null);

        assertThat(Practice.code(practice.call(AppointmentTools.SLOT_SEARCH, foreign, Practice.context())))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(Practice.code(practice.call(
                        AppointmentTools.SLOT_SEARCH,
                        practice.monday(),
                        Practice.context().at("find:x:y@soon"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(Practice.code(practice.call(
                        AppointmentTools.SLOT_SEARCH,
                        practice.monday(),
                        Practice.context().at("nonsense"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
    }

    private List<Slot> paged(SlotSearch input, int limit) {
        var few = new SlotSearch(
                input.ehr(), input.from(), input.to(), input.practitioner(), input.serviceType(), null, limit);
        var rows = new ArrayList<Slot>();
        @Nullable String cursor = null;
        do {
            var page = practice.page(few, cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.items());
            cursor = page.nextOrNull();
        } while (cursor != null);
        return rows;
    }

    private SlotSearch span(String from, String to) {
        return of("office-visit", from, to);
    }

    private static SlotSearch of(String type, String from, String to) {
        return new SlotSearch(
                Practice.EHR, OffsetDateTime.parse(from), OffsetDateTime.parse(to), null, type, null, 100);
    }

    private static Duration length(String query) {
        var window = WINDOW.matcher(query.replace("%3A", ":"));
        assertThat(window.matches()).isTrue();
        return Duration.between(Instant.parse(window.group(1)), Instant.parse(window.group(2)));
    }
}
