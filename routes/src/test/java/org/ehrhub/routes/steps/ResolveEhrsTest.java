package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall.Position;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

class ResolveEhrsTest {
    private static final OffsetDateTime FROM = OffsetDateTime.parse("2026-03-02T09:00:00Z");

    private final Cursors cursors = new Cursors(SampleCalls.JSON.wire(), new Seals(new byte[32]));
    private final ResolveEhrs step = new ResolveEhrs(
            new EhrRegistry(List.of(
                    FakeEhr.named("alpha").entry(),
                    FakeEhr.named("beta").entry(),
                    FakeEhr.named("gamma").entry())),
            new Permission(
                    new Policy(
                            List.of(
                                    new Grant("nurse", "alpha", true, Set.of()),
                                    new Grant("nurse", "gamma", true, Set.of())),
                            Set.of()),
                    InstantSource.system()),
            cursors);

    @Test
    void goesWhereTheReferenceLeads() {
        var call = SampleCalls.checked(PatientTools.GET, new PatientGet(Reference.parse("beta/Patient/b1")));
        step.apply(call);

        assertThat(call.ehrs()).as("whether it may is another step's question").containsExactly("beta");
    }

    @Test
    void aListWithoutAnEhrGoesToEveryEhrTheCallerMayRead() {
        var call = SampleCalls.search();
        step.apply(call);

        assertThat(call.ehrs()).containsExactly("alpha", "gamma");
    }

    @Test
    void refusesArgumentsOfTwoEhrs() {
        var call = SampleCalls.checked(
                AppointmentTools.SLOT_SEARCH,
                new SlotSearch(
                        "alpha", FROM, FROM.plusDays(1), Reference.parse("beta/Practitioner/d1"), null, null, null));

        assertThatThrownBy(() -> step.apply(call))
                .isInstanceOf(CallRefused.class)
                .hasMessageStartingWith("`practitioner` belongs to another EHR");
    }

    @Test
    void refusesAnEhrThatIsNotThereWithoutRepeatingIt() {
        var call = SampleCalls.checked(PatientTools.GET, new PatientGet(Reference.parse("mallory/Patient/b1")));

        assertThatThrownBy(() -> step.apply(call))
                .isInstanceOf(CallRefused.class)
                .hasMessageNotContaining("mallory");
    }

    @Test
    void refusesAToolOfOneEhrWithoutOne() {
        record Nowhere(String ehr) implements EhrInput {}
        var call = SampleCalls.checked(
                new CanonicalTool.Read<>("patient.nowhere", Nowhere.class, Nowhere.class), new Nowhere(null));

        assertThatThrownBy(() -> step.apply(call))
                .isInstanceOf(CallRefused.class)
                .hasMessage("`ehr` is missing");
    }

    @Test
    void aCursorGoesOnWhereItLeftOff() {
        var cursor = cursors.seal(SampleCalls.search(), Map.of("gamma", new Position("7", 3)))
                .orElseThrow();
        var call = SampleCalls.checked(PatientTools.SEARCH, SampleCalls.searchInput(cursor));
        step.apply(call);

        assertThat(call.ehrs()).containsExactly("gamma");
        assertThat(call.positions()).containsExactly(Map.entry("gamma", new Position("7", 3)));
    }

    /** Left out without a word, its rows would be missing from a list that calls itself complete. */
    @Test
    void anEhrOfTheCursorIsNeverLeftOut() {
        var forbidden = cursors.seal(SampleCalls.search(), Map.of("beta", new Position("7", 0)))
                .orElseThrow();
        var call = SampleCalls.checked(PatientTools.SEARCH, SampleCalls.searchInput(forbidden));
        step.apply(call);
        assertThat(call.ehrs()).containsExactly("beta");

        var gone = cursors.seal(SampleCalls.search(), Map.of("delta", new Position("7", 0)))
                .orElseThrow();
        assertThatThrownBy(() -> step.apply(SampleCalls.checked(PatientTools.SEARCH, SampleCalls.searchInput(gone))))
                .isInstanceOf(CallRefused.class);
    }
}
