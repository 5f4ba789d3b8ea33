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
import org.hl7.fhir.r4.model.Slot;

/** Slot and appointment in one transaction (FHIR R4, 3.1.0.11). */
final class TransactionBooking implements SlotBooking.Way {
    private final FhirServer server;
    private final WriteKeys keys;

    TransactionBooking(FhirServer server) {
        this.server = server;
        this.keys = new WriteKeys(server);
    }

    @Override
    public String book(Slot slot, Appointment draft, CallContext call) {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(slot)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("Slot/" + slot.getIdPart())
                .setIfMatch("W/\"" + server.versionOf(slot) + "\"");
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(draft)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Appointment")
                .setIfNoneExist(WriteKeys.search("Appointment", call.writeKey()).condition());
        var answer = server.transaction(bundle, call);
        return written(answer).orElseGet(() -> found(call));
    }

    private static Optional<String> written(Bundle answer) {
        return answer.getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation()))
                .filter(id -> "Appointment".equals(id.getResourceType()) && id.hasIdPart())
                .map(IdType::getIdPart)
                .findFirst();
    }

    private String found(CallContext call) {
        return keys.find(Appointment.class, call.writeKey(), call)
                .map(Appointment::getIdPart)
                .orElseThrow(FhirServer::unclear);
    }
}
