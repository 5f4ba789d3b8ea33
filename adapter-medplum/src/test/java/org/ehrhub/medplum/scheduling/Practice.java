package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.medplum.MedplumAdapterFactory;
import org.ehrhub.medplum.MedplumConfig;
import org.ehrhub.medplum.MedplumLogin;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.stub.Clinic;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.WriteInput;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A practice on a Medplum, with one practitioner whose schedule Medplum looks after, and the adapter on it. */
final class Practice implements AutoCloseable {
    static final String EHR = "practice";

    /** A Monday; visits begin at 14:00 UTC. */
    static final OffsetDateTime MONDAY = OffsetDateTime.parse("2040-01-02T00:00:00Z");

    private final CamelContext camel = new DefaultCamelContext();
    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final Clinic clinic = medplum.clinic();
    private final EhrAdapter adapter;
    private final String patient = clinic.patient("Visit", "Vera");
    private final String hill = clinic.practitioner("Hill");
    private final String service;
    private final String schedule;

    /** Ends every key, so that nothing is taken for a write of an earlier test on the same server. */
    private final String run = Long.toString(System.nanoTime());

    private Practice() {
        service = clinic.service("Office visit", 10);
        schedule = clinic.schedule(hill, service);
        var secret = medplum.clientSecret();
        var config =
                new MedplumConfig(medplum.base(), MedplumLogin.client(medplum.clientId(), Secret.from(() -> secret)));
        adapter = new MedplumAdapterFactory()
                .create(EHR, config, new AdapterContext(camel, InstantSource.system(), KeptLogins.inMemory()));
        camel.start();
        assertThat(adapter.probe(Duration.ofSeconds(10))).isInstanceOf(Health.Up.class);
    }

    /** One that keeps ten minutes free after each visit of half an hour. */
    static Practice open() {
        return new Practice();
    }

    MedplumUnderTest medplum() {
        return medplum;
    }

    /** Skips a test that looks at all schedules where others may have some too. */
    void mustBeAlone() {
        assumeFalse(medplum.isLive(), "others may have schedules on a live server");
    }

    Clinic clinic() {
        return clinic;
    }

    EhrAdapter adapter() {
        return adapter;
    }

    Reference patient() {
        return reference(patient);
    }

    Reference hill() {
        return reference(hill);
    }

    String service() {
        return service;
    }

    String schedule() {
        return schedule;
    }

    static Reference reference(String text) {
        var parts = text.split("/", 2);
        return new Reference(EHR, parts[0], parts[1]);
    }

    /** The free times of the practitioner on the Monday. */
    List<Slot> free() {
        return all(monday());
    }

    SlotSearch monday() {
        return days(1, hill(), null);
    }

    static SlotSearch days(int days, @Nullable Reference practitioner, @Nullable String serviceType) {
        return new SlotSearch(EHR, MONDAY, MONDAY.plusDays(days), practitioner, serviceType, null, 100);
    }

    List<Slot> all(SlotSearch input) {
        var rows = new ArrayList<Slot>();
        @Nullable String cursor = null;
        do {
            var page = page(input, cursor);
            rows.addAll(page.items());
            cursor = page.nextOrNull();
        } while (cursor != null);
        return rows;
    }

    Page<Slot> page(SlotSearch input, @Nullable String cursor) {
        return ok(this.<SlotSearch, Page<Slot>>call(
                        AppointmentTools.SLOT_SEARCH, input, context().at(cursor)))
                .value();
    }

    ToolResult.Ok<Appointment> booked(Slot slot, @Nullable String reason, String key) {
        return ok(book(slot, reason, key));
    }

    ToolResult<Appointment> book(Slot slot, @Nullable String reason, String key) {
        return call(AppointmentTools.CREATE, booking(slot, reason), context().writing(key(key)));
    }

    AppointmentCreate booking(Slot slot, @Nullable String reason) {
        return new AppointmentCreate(patient(), slot.slotRef(), reason, null, null);
    }

    ToolResult<Appointment> cancel(Reference appointment, @Nullable String reason, String key) {
        return call(
                AppointmentTools.CANCEL,
                new AppointmentCancel(appointment, reason, null, null),
                context().writing(key(key)));
    }

    ToolResult<Appointment> move(AppointmentReschedule input, String key) {
        return call(AppointmentTools.RESCHEDULE, input, context().writing(key(key)));
    }

    static AppointmentReschedule moving(Appointment appointment, Slot slot) {
        return new AppointmentReschedule(appointment.appointment(), slot.slotRef(), "Asked to come later", null, null);
    }

    @SuppressWarnings("unchecked") // the registration gave the handler the tool's types
    <I extends Record & WriteInput, O extends Record> Optional<O> reconcile(
            CanonicalTool.Write<I, O> tool, I input, String key) {
        var handler = adapter.handlers().find(tool.name()).orElseThrow().handler();
        return ((WriteHandler<I, O>) handler)
                .reconcile(input, key(key), context().writing(key(key)));
    }

    @SuppressWarnings("unchecked") // as the tool says
    <I extends Record, R extends Record> ToolResult<R> call(CanonicalTool<I, ?> tool, I input, CallContext context) {
        return (ToolResult<R>) adapter.handlers().call(tool, input, context);
    }

    /** The hub's key of the write that a test calls so. */
    String key(String name) {
        return name + "-" + run;
    }

    static CallContext context() {
        return new CallContext(
                "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)));
    }

    /** A record as Medplum holds it, whatever reference it is named by. */
    JsonNode held(String reference) {
        return medplum.http().get("fhir/R4/" + reference).json();
    }

    JsonNode held(Appointment appointment) {
        return held("Appointment/" + appointment.appointment().id());
    }

    /** The Slots of a schedule, by status. */
    List<String> slots(String ofSchedule) {
        return medplum.http()
                .get("fhir/R4/Slot?schedule=" + ofSchedule)
                .json()
                .path("entry")
                .valueStream()
                .map(entry -> entry.path("resource").path("status").asString())
                .sorted()
                .toList();
    }

    static <O extends Record> ToolResult.Ok<O> ok(ToolResult<O> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<O>) result;
    }

    static @Nullable ErrorCode code(ToolResult<?> result) {
        return result instanceof ToolResult.Failed<?> failed ? failed.code() : null;
    }

    static OffsetDateTime time(String text) {
        return OffsetDateTime.parse(text);
    }

    @Override
    public void close() {
        adapter.close();
        camel.stop();
        medplum.close();
    }
}
