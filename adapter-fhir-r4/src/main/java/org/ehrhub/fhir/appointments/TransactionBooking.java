package org.ehrhub.fhir.appointments;

import java.util.Optional;
import java.util.UUID;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/** Slot and appointment in one transaction (FHIR R4, 3.1.0.11). */
final class TransactionBooking implements SlotBooking.Way {
    private final FhirServer server;
    private final BookingDesk desk;

    TransactionBooking(FhirServer server) {
        this.server = server;
        this.desk = new BookingDesk(server);
    }

    @Override
    public String book(Slot slot, Appointment draft, CallContext call) {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        put(bundle, slot.setStatus(SlotStatus.BUSY));
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(draft)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Appointment")
                .setIfNoneExist(WriteKeys.search("Appointment", call.writeKey()).condition());
        var answer = done(bundle, call);
        return written(answer)
                .or(() -> desk.writtenUnder(call.writeKey(), call))
                .orElseThrow(FhirServer::unclear);
    }

    /** Adds a change of a record that holds only where the record has the version that was read. */
    void put(Bundle bundle, Resource record) {
        bundle.addEntry()
                .setResource(record)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(record.fhirType() + "/" + record.getIdPart())
                .setIfMatch("W/\"" + server.versionOf(record) + "\"");
    }

    /**
     * Sends a transaction.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when the server says that it did not do a part of it: some servers do the
     *     entries one by one
     */
    Bundle done(Bundle bundle, CallContext call) {
        var answer = server.transaction(bundle, call);
        if (answer.getEntry().stream()
                .map(entry -> entry.getResponse().getStatus())
                .anyMatch(status -> status != null && !status.startsWith("2"))) {
            throw FhirServer.unclear();
        }
        return answer;
    }

    private static Optional<String> written(Bundle answer) {
        return answer.getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation()))
                .filter(id -> "Appointment".equals(id.getResourceType()) && id.hasIdPart())
                .map(IdType::getIdPart)
                .findFirst();
    }
}
