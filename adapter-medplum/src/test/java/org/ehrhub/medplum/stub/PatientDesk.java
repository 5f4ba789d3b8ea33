package org.ehrhub.medplum.stub;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ehrhub.sandbox.summaries.PatientSummary;
import org.hl7.fhir.r4.model.IdType;

/** {@code Patient/$everything}, refused as a whole where one type of the compartment is, and {@code Patient/$summary}. */
final class PatientDesk {
    private static final int COST = 21;
    private static final List<String> COMPARTMENT = List.of(
            "AllergyIntolerance",
            "Appointment",
            "CarePlan",
            "Condition",
            "Coverage",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "Immunization",
            "MedicationRequest",
            "Observation",
            "Procedure",
            "ServiceRequest");

    private final Archive archive;
    private final Reading reading;
    private final Searches searches;
    private final Places places;
    private final PatientSummary summaries;

    PatientDesk(Archive archive, Reading reading, Searches searches, Places places) {
        this.archive = archive;
        this.reading = reading;
        this.searches = searches;
        this.places = places;
        this.summaries = new PatientSummary(archive.index());
    }

    Said everything(Call call, String id) {
        call.charge(1);
        var patient = reading.visible(call, "Patient", id, "read").resource();
        var types = call.asked().parameters().getOrDefault("_type", List.of());
        if (types.size() == 1 && call.asked().method().equals("GET")) {
            throw Refused.bad("types.push is not a function");
        }
        call.charge(COST - 1);
        var wanted = types.isEmpty()
                ? COMPARTMENT
                : COMPARTMENT.stream().filter(types::contains).toList();
        wanted.forEach(type -> Rights.of(call.session()).need("search", type));
        var bundle = Json.resource("Bundle").put("type", "searchset");
        var entries = bundle.putArray("entry");
        var asked = SearchAsked.of(Map.of("_compartment", List.of("Patient/" + id), "_count", List.of("1000")));
        Stream.concat(
                        Stream.of(patient),
                        wanted.stream().flatMap(type -> searches.page(call, type, asked).matches().stream()))
                .forEach(one -> {
                    var entry = entries.addObject().put("fullUrl", places.fhir() + Json.address(one));
                    entry.putObject("search").put("mode", "match");
                    entry.set("resource", reading.view().of(one, call));
                });
        return Said.fhir(200, bundle);
    }

    Said summary(Call call, String id) {
        call.charge(COST);
        reading.visible(call, "Patient", id, "read");
        var request = new SystemRequestDetails();
        request.setFhirServerBase(places.fhir().replaceFirst("/$", ""));
        var document = summaries.summary(new IdType("Patient", id), null, request);
        return Said.of(200, Said.FHIR, archive.fhir().newJsonParser().encodeResourceToString(document));
    }
}
