package org.ehrhub.fhir;

import java.time.Duration;
import java.util.Set;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Booking;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Slots;
import org.ehrhub.fhir.appointments.AppointmentReading;
import org.ehrhub.fhir.appointments.Cancelling;
import org.ehrhub.fhir.appointments.CheckedBooking;
import org.ehrhub.fhir.appointments.FindListing;
import org.ehrhub.fhir.appointments.SlotBooking;
import org.ehrhub.fhir.appointments.SlotListing;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.patients.PatientReading;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientTools;

/** One FHIR R4 server as an EHR. */
public final class FhirR4Adapter implements EhrAdapter {
    private static final Caller HUB = new Caller("ehr-hub", Set.of());

    private static final SearchUrl PROBE =
            SearchUrl.of("Patient").text("_id", "ehr-hub-probe").written("_count", "1");

    private final FhirServer server;
    private final ToolHandlers handlers;

    FhirR4Adapter(String ehr, FhirR4Config config, AdapterContext context) {
        server = new FhirServer(ehr, config, context);
        handlers = handlers(config);
    }

    @Override
    public ToolHandlers handlers() {
        return handlers;
    }

    @Override
    public Health probe(Duration limit) {
        try {
            var deadline = server.clock().instant().plus(limit);
            // Unlike the CapabilityStatement this is small, and not given to those who are not logged in.
            server.search(PROBE, new CallContext("probe", HUB, deadline));
            return new Health.Up();
        } catch (EhrFailure e) {
            return new Health.Down(e.result().message() + " " + e.result().hint());
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private ToolHandlers handlers(FhirR4Config config) {
        var patients = new PatientReading(server);
        var appointments = new AppointmentReading(server);
        var tools = ToolHandlers.builder()
                .on(PatientTools.GET, patients::get)
                .onList(PatientTools.SEARCH, patients::search, Feature.SEARCH_BY_PHONE, Feature.SEARCH_BY_IDENTIFIER)
                .on(AppointmentTools.GET, appointments::get)
                .onList(AppointmentTools.LIST, appointments::list)
                .onWrite(
                        AppointmentTools.CANCEL,
                        new Cancelling(server, config.slots() == Slots.SLOT_RESOURCES),
                        Feature.WRITE_KEY_STORED);
        return scheduling(tools, config).build();
    }

    private ToolHandlers.Builder scheduling(ToolHandlers.Builder tools, FhirR4Config config) {
        return switch (config.slots()) {
            case NONE -> tools;
            case FIND_OPERATION ->
                tools.onList(AppointmentTools.SLOT_SEARCH, new FindListing(server)::search)
                        .onWrite(
                                AppointmentTools.CREATE,
                                new CheckedBooking(server),
                                Feature.DOUBLE_BOOKING_CHECKED,
                                Feature.WRITE_KEY_STORED);
            case SLOT_RESOURCES ->
                tools.onList(AppointmentTools.SLOT_SEARCH, new SlotListing(server)::search)
                        .onWrite(
                                AppointmentTools.CREATE,
                                config.booking() == Booking.CONDITIONAL
                                        ? SlotBooking.oneByOne(server)
                                        : SlotBooking.inTransaction(server),
                                Feature.DOUBLE_BOOKING_REFUSED,
                                Feature.WRITE_KEY_STORED);
        };
    }
}
