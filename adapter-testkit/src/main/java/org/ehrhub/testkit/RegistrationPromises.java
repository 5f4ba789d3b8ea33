package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.ehrhub.adapters.Health;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.patients.PatientGet;

/** An adapter says truly whether its EHR is there, and does nothing but what it has registered. */
record RegistrationPromises(Bench bench) {
    private static final Duration SOON = Duration.ofSeconds(10);

    Stream<Promise> all() {
        var withholds = new Promise("withholds exactly what the EHR has not, and says why", this::withholds);
        return Stream.concat(
                Stream.concat(health(), Stream.of(withholds)),
                ToolCatalog.canonical().tools().stream()
                        .filter(tool -> !bench.has(tool))
                        .map(tool -> new Promise(
                                "refuses " + tool.name() + " as unsupported, and sends nothing", () -> refuses(tool))));
    }

    private Stream<Promise> health() {
        var up = new Promise(
                "says that the EHR is up",
                () -> assertThat(bench.ehr().adapter().probe(SOON)).isEqualTo(new Health.Up()));
        var down = new Promise("says that the EHR is down", () -> {
            bench.ehr().fault(Fault.DOWN, Fault.On.EVERYTHING);
            assertThat(bench.ehr().adapter().probe(SOON)).isInstanceOf(Health.Down.class);
        });
        return bench.ehr().faults().contains(Fault.DOWN) ? Stream.of(up, down) : Stream.of(up);
    }

    private void withholds() {
        var withheld = bench.ehr().adapter().handlers().withheld();

        assertThat(withheld.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        bench.ehr().lacks().stream().map(CanonicalTool::name).toList());
        assertThat(withheld.values()).allSatisfy(why -> assertThat(why).isNotBlank());
    }

    /** What it is asked with does not matter: it must not be looked at. */
    private void refuses(CanonicalTool<?, ?> tool) {
        bench.settle();
        var before = bench.ehr().requests();
        var result = bench.calls().read(tool, new PatientGet(bench.ehr().chart()));

        assertThat(ContractCalls.code(result)).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(bench.ehr().requests()).isEqualTo(before);
    }
}
