package org.ehrhub.fhir;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.sandbox.Fault;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;
import org.jspecify.annotations.Nullable;

/** One site of the sandbox with the adapter that speaks to it, for one test class. */
public final class SandboxEhr implements ContractEhr, AutoCloseable {
    /** A Monday, so that the days after it have free times whenever the test runs. */
    private static final OffsetDateTime TODAY = OffsetDateTime.parse("2026-03-02T06:00:00Z");

    private final String site;
    private final Sandbox sandbox;
    private final CamelContext camel;
    private final EhrAdapter adapter;

    public SandboxEhr(String site, FhirR4Config.@Nullable Scheduling scheduling) {
        this.site = site;
        var clock = Clock.systemUTC();
        sandbox = Sandbox.start(0, Clock.offset(clock, Duration.between(clock.instant(), TODAY)));
        camel = new DefaultCamelContext();
        var config = new FhirR4Config(sandbox.baseUrl(site), null, scheduling, null, null);
        adapter = new FhirR4AdapterFactory().create(site, config, new AdapterContext(camel, InstantSource.system()));
        camel.start();
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public String name() {
        return site;
    }

    @Override
    public EhrAdapter adapter() {
        return adapter;
    }

    @Override
    public PatientSearch severalPatients() {
        return new PatientSearch(null, "a", null, null, null, null, null, null, null);
    }

    @Override
    public SlotSearch freeTimes() {
        return new SlotSearch(null, TODAY.plusDays(1), TODAY.plusDays(2), null, null, null, null);
    }

    @Override
    public long requests() {
        return sandbox.site(site).requests();
    }

    @Override
    public void down() {
        sandbox.site(site).fault(Fault.DOWN);
    }

    @Override
    public void hang() {
        sandbox.site(site).fault(Fault.HANG);
    }

    @Override
    public void recover() {
        sandbox.site(site).fault(Fault.NONE);
    }

    @Override
    public Optional<String> impossibleId() {
        return Optional.of("under_score");
    }

    @Override
    public void close() {
        adapter.close();
        camel.stop();
        sandbox.close();
    }
}
