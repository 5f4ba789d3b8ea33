package org.ehrhub.fhir;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.sandbox.Fault;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.testkit.ProxiedEhr;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.tasks.TaskList;
import org.ehrhub.tools.tasks.TaskTools;
import org.ehrhub.tools.terminology.TerminologyExpand;
import org.ehrhub.tools.terminology.TerminologyTools;
import org.ehrhub.tools.terminology.TerminologyTranslate;
import org.jspecify.annotations.Nullable;

/** One site of the sandbox with the adapter that speaks to it, for one test class. */
public final class SandboxEhr implements AutoCloseable {
    /** A Monday, so that the days after it have free times whenever the test runs. */
    private static final OffsetDateTime TODAY = OffsetDateTime.parse("2026-03-02T06:00:00Z");

    private static final String CONDITIONS = "https://stmarys.example/fhir/ValueSet/snomed";

    private final String site;
    private final FhirR4Config.@Nullable Scheduling scheduling;
    private final Sandbox sandbox;
    private final CamelContext camel = new DefaultCamelContext();
    private final EhrAdapter adapter;

    public SandboxEhr(String site, FhirR4Config.@Nullable Scheduling scheduling) {
        this.site = site;
        this.scheduling = scheduling;
        var clock = Clock.systemUTC();
        sandbox = Sandbox.start(0, Clock.offset(clock, Duration.between(clock.instant(), TODAY)));
        camel.start();
        adapter = adapter(sandbox.baseUrl(site), camel);
    }

    /** A site with all that the contract asks for, behind a proxy that misbehaves when told to. */
    static ContractEhr onTrial(String site, FhirR4Config.@Nullable Scheduling scheduling) {
        var ehr = new SandboxEhr(site, scheduling);
        var camel = new DefaultCamelContext();
        camel.start();
        var trial = ProxiedEhr.of(site, ehr.sandbox.baseUrl(site), base -> ehr.adapter(base, camel))
                .seeded()
                .freeTimes(TODAY.plusDays(1), TODAY.plusDays(3))
                .sample(TerminologyTools.EXPAND, () -> new TerminologyExpand(site, CONDITIONS, null, null, null))
                .sample(
                        TerminologyTools.TRANSLATE,
                        () -> new TerminologyTranslate(site, "snomed|38341003", "icd10cm", null))
                .thenClose(camel::stop)
                .thenClose(ehr::close);
        return site.equals("lakeside") ? lakeside(trial) : trial;
    }

    /** Lakeside says that it takes tasks and claims and takes none; tasks of its own people are read and changed. */
    private static ContractEhr lakeside(ProxiedEhr lakeside) {
        var patient = new Reference("lakeside", "Patient", "lk-1002");
        return lakeside.sample(TaskTools.LIST, () -> new TaskList(null, patient, null, null, null, null))
                .lacking(TaskTools.CREATE, CoverageTools.CLAIM, FhirTools.TRANSACTION)
                .lacking(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        CoverageTools.PRIOR_AUTH_STATUS)
                .lacking(
                        TerminologyTools.LOOKUP,
                        TerminologyTools.EXPAND,
                        TerminologyTools.VALIDATE,
                        TerminologyTools.TRANSLATE);
    }

    public String name() {
        return site;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public EhrAdapter adapter() {
        return adapter;
    }

    public SlotSearch freeTimes() {
        return new SlotSearch(null, TODAY.plusDays(1), TODAY.plusDays(2), null, null, null, null);
    }

    public void recover() {
        sandbox.site(site).fault(Fault.NONE);
    }

    @Override
    public void close() {
        adapter.close();
        camel.stop();
        sandbox.close();
    }

    private EhrAdapter adapter(URI base, CamelContext context) {
        var config = new FhirR4Config(base, null, scheduling, null, null);
        return new FhirR4AdapterFactory().create(site, config, new AdapterContext(context, InstantSource.system()));
    }
}
