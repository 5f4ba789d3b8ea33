package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Free times of a server that keeps the service types of its slots with their schedules. */
class SlotListingIT {
    private static final OffsetDateTime FROM = OffsetDateTime.parse("2026-03-03T00:00:00Z");
    private static final String NOTHING = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}";
    private static final String SLOT = """
            {"resourceType":"Bundle","type":"searchset","entry":[
             {"search":{"mode":"match"},"resource":{"resourceType":"Slot","id":"s1","status":"free",
              "schedule":{"reference":"Schedule/c1"},
              "start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z"}},
             {"search":{"mode":"include"},"resource":{"resourceType":"Schedule","id":"c1",
              "serviceType":[{"coding":[{"code":"checkup"}]}],
              "actor":[{"reference":"Location/l1"}]}}]}""";

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void findsASlotThatHasItsServiceTypeFromItsSchedule() {
        // As FHIR has it, service-type looks at the slot alone.
        ehr.server().answers(request -> new Answer(200, request.target().contains("service-type") ? NOTHING : SLOT));

        assertThat(found("checkup").items()).hasSize(1);
    }

    @Test
    void leavesOutOtherServiceTypesWithoutBlamingTheServer() {
        ehr.server().answers(request -> new Answer(200, SLOT));

        var page = found("vaccination");

        assertThat(page.items()).isEmpty();
        assertThat(page.warnings()).isEmpty();
    }

    private Page<Slot> found(String serviceType) {
        var wanted = new SlotSearch(null, FROM, FROM.plusDays(1), null, serviceType, null, null);
        ToolResult<Page<Slot>> result = ehr.list(AppointmentTools.SLOT_SEARCH, wanted);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<Slot>>) result).value();
    }
}
