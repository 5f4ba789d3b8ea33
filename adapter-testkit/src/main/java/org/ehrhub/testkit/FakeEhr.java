package org.ehrhub.testkit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.patients.Address;
import org.ehrhub.tools.patients.Contact;
import org.ehrhub.tools.patients.Identifier;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;

/**
 * An EHR in memory for tests: it holds the patients, slots, results and documents it is given, does the tools that a hub's
 * routes put together (patients, appointments, results, documents, insurance, questionnaires), and can be told to hang, to
 * be down or to be wrong. Safe for use by many threads.
 */
public final class FakeEhr implements EhrAdapter {
    private final String ehr;
    private final FakePeople people;
    private final FakeDiary diary;
    private final FakeChart chart;
    private final FakeOffice office;
    private final InstantSource clock;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile FakeFault fault = FakeFault.NONE;
    private volatile boolean closed;

    private FakeEhr(String ehr, InstantSource clock) {
        this.ehr = ehr;
        this.clock = clock;
        var desk = new FakeDesk(ehr, this, clock);
        people = new FakePeople(desk);
        diary = new FakeDiary(desk, people);
        chart = new FakeChart(desk, people);
        office = new FakeOffice(desk, people);
    }

    /**
     * A call that reached the EHR.
     *
     * @param tool the tool's canonical name; for the questions about a write, with {@code reconcile} or {@code version}
     *     after a space
     */
    public record Call(String tool, Record input, CallContext context) {}

    /** An EHR of this name, with nobody in it. */
    public static FakeEhr named(String ehr) {
        return named(ehr, InstantSource.system());
    }

    /** The same, which tells by this clock when a call's time is over. */
    public static FakeEhr named(String ehr, InstantSource clock) {
        return new FakeEhr(ehr, clock);
    }

    /** Adds a patient: {@code withPatient("p1", "Müller", "Ada", "1948-03-21")}. */
    public FakeEhr withPatient(String id, String family, String given, String birthDate) {
        var details = new PatientDetails(
                family,
                List.of(given),
                List.of(new Identifier("urn:example:mrn", "MRN-" + id, "MR")),
                List.of(new Contact("phone", "+1 555 0100", "home")),
                List.of(new Address(List.of("1 High Street"), "Springfield", null, null, null, "home")));
        var born = new Patient(
                new Reference(ehr, "Patient", id),
                given + " " + family,
                birthDate,
                "female",
                null,
                null,
                null,
                null,
                "en",
                null,
                null,
                null,
                null,
                details);
        return withPatient(born.withMain());
    }

    /** Adds a patient, with details. */
    public synchronized FakeEhr withPatient(Patient patient) {
        people.add(patient);
        return this;
    }

    /** Opens this many free slots of half an hour, one after the other, with one practitioner. */
    public synchronized FakeEhr withSlots(OffsetDateTime first, int count) {
        for (int i = 0; i < count; i++) {
            diary.open(first.plusMinutes(30L * i), first.plusMinutes(30L * (i + 1)), practitioner());
        }
        return this;
    }

    /** Adds a booked appointment of a patient, of half an hour, with the practitioner of the slots. */
    public synchronized FakeEhr withAppointment(String patient, OffsetDateTime start) {
        diary.booked(new Reference(ehr, "Patient", patient), start, start.plusMinutes(30), practitioner());
        return this;
    }

    /** Adds insurance of a patient. */
    public synchronized FakeEhr withCoverage(String patient, String memberId, String payer) {
        office.insured(new Reference(ehr, "Patient", patient), memberId, payer);
        return this;
    }

    /** Adds a laboratory result of a patient, at a time with offset. */
    public synchronized FakeEhr withLab(String patient, String code, BigDecimal value, String unit, String at) {
        chart.lab(new Reference(ehr, "Patient", patient), code, value, unit, at);
        return this;
    }

    /** Adds a note of a patient: {@code withDocument("p1", "doc-1", "Visit note", "...", "2026-03-02T09:00:00-05:00")}. */
    public synchronized FakeEhr withDocument(String patient, String id, String title, String text, String at) {
        chart.document(new Reference(ehr, "Patient", patient), id, title, text, at);
        return this;
    }

    /** From now on every call waits until it is interrupted. */
    public FakeEhr hang() {
        return with(FakeFault.HANGING);
    }

    /** From now on every call takes this long. */
    public FakeEhr slow(Duration delay) {
        return with(FakeFault.slow(delay));
    }

    /** From now on nobody answers. */
    public FakeEhr down() {
        return failing(ErrorCode.EHR_UNAVAILABLE, "The EHR could not be reached.", "Try again later.");
    }

    /** From now on every call fails like this. */
    public FakeEhr failing(ErrorCode code, String message, String hint) {
        return with(FakeFault.failing(code, message, hint));
    }

    /** From now on every call throws an exception of this text, as a faulty adapter might, patient's words and all. */
    public FakeEhr throwsText(String text) {
        return with(FakeFault.throwing(text));
    }

    /** From now on searches and lists answer with every row there is, whatever is asked. */
    public FakeEhr ignoresFilters() {
        return with(FakeFault.IGNORING_FILTERS);
    }

    /** From now on writes are done but their answers are lost: {@code OUTCOME_UNKNOWN}. */
    public FakeEhr losesAnswers() {
        return with(FakeFault.LOSING_ANSWERS);
    }

    /** Ends whatever was wrong. */
    public FakeEhr recover() {
        return with(FakeFault.NONE);
    }

    /** The calls that arrived, in their order; also those that then failed. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How often a tool was called. */
    public long calls(String tool) {
        return calls.stream().filter(call -> call.tool().equals(tool)).count();
    }

    /** Whether the hub has closed it. */
    public boolean closed() {
        return closed;
    }

    /** This EHR as a registry holds it, of the kind {@code fake}. */
    public EhrRegistry.Entry entry() {
        return new EhrRegistry.Entry(ehr, "fake", this);
    }

    @Override
    public ToolHandlers handlers() {
        var tools = ToolHandlers.builder();
        people.register(tools);
        diary.register(tools);
        chart.register(tools);
        office.register(tools);
        return tools.build();
    }

    @Override
    public Health probe(Duration limit) {
        return fault.healthy() ? new Health.Up() : new Health.Down("The EHR does not answer.");
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Misbehaves as a real EHR would, as far as a fake can. */
    FakeEhr fault(Fault next, Fault.On on) {
        return with(FakeFault.of(next, on));
    }

    /** Notes a call whose time is not over, and lets what is wrong happen. */
    FakeFault arrive(String tool, Record input, CallContext call) {
        if (call.remaining(clock).isZero()) {
            throw new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE, "There was no time left to ask the EHR.", "Try again later.");
        }
        calls.add(new Call(tool, input, call));
        var now = fault.on() == Fault.On.EVERYTHING || isWrite(tool) ? fault : FakeFault.NONE;
        now.strike();
        return now;
    }

    static boolean isWrite(String tool) {
        return ToolCatalog.canonical()
                .find(tool)
                .filter(found -> found.risk() != Risk.READ)
                .isPresent();
    }

    private Participant practitioner() {
        return new Participant(new Reference(ehr, "Practitioner", "dr-1"), "Dr Grace Hill");
    }

    private FakeEhr with(FakeFault next) {
        fault = next;
        return this;
    }
}
