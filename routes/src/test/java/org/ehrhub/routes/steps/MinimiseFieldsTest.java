package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.Test;

class MinimiseFieldsTest {
    private final MinimiseFields step = new MinimiseFields();
    private final Permission permission = new Permission(
            new Policy(List.of(new Grant("nurse", "alpha", true, Set.of())), Set.of()), InstantSource.system());
    private final Appointment own = SampleCalls.appointment("x", "alpha/Patient/a1");

    @Test
    void dropsRowsOfOthersAndOfNobodyAndCountsThem() {
        var call = list(own, SampleCalls.appointment("y", "alpha/Patient/a2"), SampleCalls.appointment("z", null));
        step.apply(call);

        assertThat(rows(call).items().toArray()).containsExactly(own);
        assertThat(rows(call).totalOrNull())
                .as("it counts what the caller does not see")
                .isNull();
        assertThat(rows(call).nextOrNull()).isEqualTo("next");
        assertThat(rows(call).truncated()).isTrue();
        assertThat(call.warnings()).singleElement().asString().startsWith("alpha: 2 rows of other patients");
    }

    @Test
    void leavesAPageOfTheRightPatientAsItIs() {
        var call = list(own);
        var before = rows(call);
        step.apply(call);

        assertThat(rows(call)).isSameAs(before);
        assertThat(call.warnings()).isEmpty();
    }

    @Test
    void aSearchIsAboutNoOnePatient() {
        var call = SampleCalls.search("alpha");
        permission.decide(call, "alpha");
        call.results()
                .put(
                        "alpha",
                        SampleCalls.page(
                                SampleCalls.person("alpha/Patient/a1", "A", null),
                                SampleCalls.person("alpha/Patient/a2", "B", null)));
        step.apply(call);

        assertThat(rows(call).items()).hasSize(2);
    }

    private ToolCall list(Appointment... rows) {
        var call = SampleCalls.checked(
                AppointmentTools.LIST,
                new AppointmentList(Reference.parse("alpha/Patient/a1"), null, null, null, null, null),
                "alpha");
        permission.decide(call, "alpha");
        call.results().put("alpha", SampleCalls.ok(new Page<>(List.of(rows), 3L, "next", List.of(), true)));
        return call;
    }

    private static Page<?> rows(ToolCall call) {
        return (Page<?>) ((ToolResult.Ok<?>) call.results().get("alpha")).value();
    }
}
