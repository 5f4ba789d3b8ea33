package org.ehrhub.fhir;

import java.time.Duration;
import java.util.Optional;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Booking;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Slots;
import org.ehrhub.fhir.access.ChartDoors;
import org.ehrhub.fhir.appointments.AppointmentReading;
import org.ehrhub.fhir.appointments.Cancelling;
import org.ehrhub.fhir.appointments.CheckedBooking;
import org.ehrhub.fhir.appointments.FindListing;
import org.ehrhub.fhir.appointments.Rescheduling;
import org.ehrhub.fhir.appointments.SlotBooking;
import org.ehrhub.fhir.appointments.SlotListing;
import org.ehrhub.fhir.charts.ChartHandlers;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.client.OwnCalls;
import org.ehrhub.fhir.coverage.PayerHandlers;
import org.ehrhub.fhir.documents.DocumentHandlers;
import org.ehrhub.fhir.insurance.CoverageHandlers;
import org.ehrhub.fhir.messages.MessageHandlers;
import org.ehrhub.fhir.notes.NoteHandlers;
import org.ehrhub.fhir.orders.OrderHandlers;
import org.ehrhub.fhir.patients.PatientHandlers;
import org.ehrhub.fhir.patients.PatientReading;
import org.ehrhub.fhir.provenance.ProvenanceDesk;
import org.ehrhub.fhir.questionnaires.QuestionnaireHandlers;
import org.ehrhub.fhir.resources.ResourceHandlers;
import org.ehrhub.fhir.tasks.TaskHandlers;
import org.ehrhub.fhir.terminology.TerminologyHandlers;
import org.ehrhub.fhir.vitals.VitalHandlers;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientTools;

/** One FHIR R4 server as an EHR. */
public final class FhirR4Adapter implements EhrAdapter {
    private final FhirServer server;
    private final OfferedTools offered;
    private final ChartAccess doors;

    /**
     * An adapter that sends nothing before it is used.
     *
     * @param layer what its product adds
     */
    public FhirR4Adapter(String ehr, FhirR4Config config, AdapterContext context, FhirLayer layer) {
        server = new FhirServer(ehr, config, context, layer.habits());
        var tools = tools(config);
        layer.register(tools, server);
        server.offer(tools.needs());
        doors = new ChartDoors(server);
        offered = new OfferedTools(tools, server.capabilities(), config.readsStatement());
    }

    @Override
    public ToolHandlers handlers() {
        return offered.now();
    }

    @Override
    public Health probe(Duration limit) {
        try {
            var deadline = server.clock().instant().plus(limit);
            server.reach(OwnCalls.of("probe", deadline));
            offered.learn(Duration.between(server.clock().instant(), deadline).dividedBy(2));
            return new Health.Up();
        } catch (EhrFailure e) {
            return new Health.Down(e.result().message() + " " + e.result().hint());
        }
    }

    @Override
    public Optional<String> publicKeys() {
        return server.publicKeys();
    }

    @Override
    public Optional<UserLogin> userLogin() {
        return server.userLogin();
    }

    @Override
    public Optional<ChartAccess> charts() {
        return Optional.of(doors);
    }

    @Override
    public void close() {
        server.close();
    }

    private FhirTools tools(FhirR4Config config) {
        var tools = new FhirTools(config.attributes() ? new ProvenanceDesk(server) : null);
        people(tools);
        appointments(tools, config);
        writes(tools);
        ChartHandlers.register(tools, server);
        DocumentHandlers.register(tools, server);
        PayerHandlers.register(tools, server);
        TerminologyHandlers.register(tools, server);
        ResourceHandlers.register(tools, server, config);
        return tools;
    }

    private void writes(FhirTools tools) {
        PatientHandlers.register(tools, server);
        NoteHandlers.register(tools, server);
        VitalHandlers.register(tools, server);
        OrderHandlers.register(tools, server);
        TaskHandlers.register(tools, server);
        MessageHandlers.register(tools, server);
        QuestionnaireHandlers.register(tools, server);
        CoverageHandlers.register(tools, server);
    }

    private void people(FhirTools tools) {
        var patients = new PatientReading(server);
        tools.on(PatientTools.GET, patients::get, Needs.read("Patient"))
                .onList(
                        PatientTools.SEARCH,
                        patients::search,
                        Needs.search("Patient"),
                        Feature.SEARCH_BY_PHONE,
                        Feature.SEARCH_BY_IDENTIFIER);
    }

    private void appointments(FhirTools tools, FhirR4Config config) {
        var appointments = new AppointmentReading(server);
        tools.on(AppointmentTools.GET, appointments::get, Needs.read("Appointment"))
                .onList(AppointmentTools.LIST, appointments::list, Needs.search("Appointment"))
                .onWrite(
                        AppointmentTools.CANCEL,
                        new Cancelling(server, config.slots() == Slots.SLOT_RESOURCES),
                        Needs.update("Appointment"),
                        Feature.WRITE_KEY_STORED);
        switch (config.slots()) {
            case NONE -> {}
            case FIND_OPERATION ->
                tools.onList(
                                AppointmentTools.SLOT_SEARCH,
                                new FindListing(server)::search,
                                Needs.operation("Appointment", "find"))
                        .onWrite(
                                AppointmentTools.CREATE,
                                new CheckedBooking(server),
                                Needs.create("Appointment"),
                                Feature.DOUBLE_BOOKING_CHECKED,
                                Feature.WRITE_KEY_STORED)
                        .onWrite(
                                AppointmentTools.RESCHEDULE,
                                Rescheduling.checked(server),
                                Needs.update("Appointment"),
                                Feature.DOUBLE_BOOKING_CHECKED,
                                Feature.WRITE_KEY_STORED);
            case SLOT_RESOURCES -> slots(tools, config.booking() == Booking.CONDITIONAL);
        }
    }

    private void slots(FhirTools tools, boolean oneByOne) {
        var written = Needs.create("Appointment").and(Needs.update("Slot"));
        var staff = Needs.search("Schedule").and(Needs.read("Practitioner"));
        tools.onList(
                        AppointmentTools.SLOT_SEARCH,
                        new SlotListing(server)::search,
                        Needs.search("Slot").wanting(staff))
                .onWrite(
                        AppointmentTools.CREATE,
                        oneByOne ? SlotBooking.oneByOne(server) : SlotBooking.inTransaction(server),
                        oneByOne ? written : written.and(Needs.transaction()),
                        Feature.DOUBLE_BOOKING_REFUSED,
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        AppointmentTools.RESCHEDULE,
                        oneByOne ? Rescheduling.oneByOne(server) : Rescheduling.inTransaction(server),
                        oneByOne ? Needs.update("Appointment").and(Needs.update("Slot")) : Needs.transaction(),
                        Feature.DOUBLE_BOOKING_REFUSED,
                        Feature.WRITE_KEY_STORED);
    }
}
