package org.ehrhub.testkit;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.testkit.faults.HostileProxy;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.PriorAuthSubmit;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit.Answer;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;
import org.ehrhub.tools.terminology.TerminologyExpand;
import org.ehrhub.tools.terminology.TerminologyLookup;
import org.ehrhub.tools.terminology.TerminologyTools;
import org.ehrhub.tools.terminology.TerminologyTranslate;
import org.ehrhub.tools.terminology.TerminologyValidate;
import org.jspecify.annotations.Nullable;

/**
 * Any server that speaks FHIR over HTTP, behind a {@link HostileProxy}, with the adapter in front:
 *
 * <pre>{@code
 * ProxiedEhr.of("ours", server, base -> new OurAdapter("ours", base))
 *         .seeded(120)
 * }</pre>
 */
public final class ProxiedEhr implements ContractEhr {
    private static final OffsetDateTime FIRST_TIME = OffsetDateTime.parse("2040-01-02T09:00:00-05:00");
    private static final int DAYS = 7;

    /** So many that two contracts on one server are unlikely to meet. */
    private static final int WEEKS = 3000;

    private final String name;
    private final URI server;
    private final HostileProxy proxy;
    private final EhrAdapter adapter;
    private final Map<String, Supplier<Record>> samples = new LinkedHashMap<>();
    private final Set<CanonicalTool<?, ?>> lacks = new LinkedHashSet<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private @Nullable PatientSearch several;
    private @Nullable Reference chart;
    private @Nullable Reference other;
    private @Nullable SlotSearch times;
    private @Nullable String authorization;

    private ProxiedEhr(String name, URI server, HostileProxy proxy, EhrAdapter adapter) {
        this.name = name;
        this.server = server;
        this.proxy = proxy;
        this.adapter = adapter;
    }

    /**
     * A server with an adapter.
     *
     * @param name the EHR's name
     * @param server its service base URL
     * @param adapter makes the adapter for the service base URL to use instead
     */
    public static ProxiedEhr of(String name, URI server, Function<URI, EhrAdapter> adapter) {
        var proxy = HostileProxy.before(server);
        return new ProxiedEhr(name, server, proxy, adapter.apply(proxy.url()));
    }

    /**
     * Who is there.
     *
     * @param family how the family names of four to a hundred patients begin
     * @param chartId the id of a patient with records of every kind
     * @param otherId the id of another, to write on
     */
    public ProxiedEhr patients(String family, String chartId, String otherId) {
        several = new PatientSearch(null, family, null, null, null, null, null, null, null);
        chart = new Reference(name, "Patient", chartId);
        other = new Reference(name, "Patient", otherId);
        return this;
    }

    /** What the server wants to see in the header {@code Authorization} before it takes records; nothing without it. */
    public ProxiedEhr seededAs(String header) {
        authorization = header;
        return this;
    }

    /** Writes patients with charts into the server, by plain FHIR creates, for a server that takes them. */
    public ProxiedEhr seeded() {
        return seeded(0);
    }

    /**
     * Writes patients with charts into the server, by plain FHIR creates, and free times as Slot resources.
     *
     * @param times how many free times
     */
    public ProxiedEhr seeded(int times) {
        try (var seeds = SeededChart.into(server, authorization)) {
            if (times > 0) {
                var first = FIRST_TIME.plusDays(
                        (long) DAYS * Math.floorMod(seeds.family().hashCode(), WEEKS));
                seeds.open(first, times);
                freeTimes(first, first.plusDays(DAYS));
            }
            var answer = new Answer("reason", Marker.NAME, null, null, null, null);
            var url = seeds.canonical("Questionnaire");
            var order = new Reference(name, "ServiceRequest", seeds.id("order-p1"));
            var insurance = new Reference(name, "Coverage", seeds.id("cov-p1"));
            patients(seeds.family(), seeds.id("p1"), seeds.id("p2"));
            if (seeds.has("code-map")) {
                codes(seeds.canonical("CodeSystem"), seeds.canonical("ValueSet"));
            }
            sample(
                    CoverageTools.PRIOR_AUTH_SUBMIT,
                    () -> new PriorAuthSubmit(order, insurance, "icd10cm|G43.909", 1, Marker.NAME, null, null));
            return sample(
                    QuestionnaireTools.SUBMIT,
                    () -> new QuestionnaireSubmit(other(), url, List.of(answer), null, null, null));
        }
    }

    private void codes(String system, String valueSet) {
        var code = system + "|c1";
        sample(TerminologyTools.LOOKUP, () -> new TerminologyLookup(name, code));
        sample(TerminologyTools.VALIDATE, () -> new TerminologyValidate(name, code, null, null));
        sample(TerminologyTools.EXPAND, () -> new TerminologyExpand(name, valueSet, null, null, null));
        sample(TerminologyTools.TRANSLATE, () -> new TerminologyTranslate(name, code, system + "-other", null));
    }

    /** When 12 to 300 times are free. */
    public ProxiedEhr freeTimes(OffsetDateTime from, OffsetDateTime to) {
        times = new SlotSearch(null, from, to, null, null, null, null);
        return this;
    }

    /** Inputs of a tool, a new one each time, where the contract cannot make them up. */
    public <I extends Record> ProxiedEhr sample(CanonicalTool<I, ?> tool, Supplier<I> input) {
        samples.put(tool.name(), input::get);
        return this;
    }

    /** What this server has not of what the adapter could do with others. */
    public ProxiedEhr lacking(CanonicalTool<?, ?>... tools) {
        lacks.addAll(List.of(tools));
        return this;
    }

    /** What to end after adapter and proxy. */
    public ProxiedEhr thenClose(Runnable what) {
        atEnd.add(what);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EhrAdapter adapter() {
        return adapter;
    }

    @Override
    public PatientSearch severalPatients() {
        return told(several, "patients");
    }

    @Override
    public Reference chart() {
        return told(chart, "patients");
    }

    @Override
    public Reference other() {
        return told(other, "patients");
    }

    @Override
    public SlotSearch freeTimes() {
        return told(times, "freeTimes");
    }

    @Override
    public Optional<Record> sample(CanonicalTool<?, ?> tool) {
        return Optional.ofNullable(samples.get(tool.name())).map(Supplier::get);
    }

    @Override
    public Set<CanonicalTool<?, ?>> lacks() {
        return Set.copyOf(lacks);
    }

    /** FHIR's ids hold no underscore (R4, 2.24.0.1). */
    @Override
    public Optional<String> impossibleId() {
        return Optional.of("under_score");
    }

    @Override
    public long requests() {
        return proxy.requests();
    }

    @Override
    public List<String> writes() {
        return proxy.writes();
    }

    @Override
    public long strays() {
        return proxy.strays();
    }

    @Override
    public long hugeBytes() {
        return proxy.hugeBytes();
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public void fault(Fault fault, Fault.On on) {
        proxy.fault(fault, on);
    }

    @Override
    public void recover() {
        proxy.recover();
    }

    @Override
    public void close() {
        adapter.close();
        proxy.close();
        atEnd.forEach(Runnable::run);
    }

    private static <T> T told(@Nullable T value, String by) {
        if (value == null) {
            throw new IllegalStateException("Say with `" + by + "` what the EHR has");
        }
        return value;
    }
}
