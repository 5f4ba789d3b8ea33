package org.ehrhub.sandbox.summaries;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * {@code Patient/[id]/$summary}: the International Patient Summary (IPS 2.0.1) as a document with problems, allergies,
 * medications and the twenty newest results. A section without entries says why it is empty.
 */
public final class PatientSummary {
    private static final String IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/";
    private static final String PROFILE = IPS + "Bundle-uv-ips";
    private static final int RESULTS = 20;

    private final Records records;

    /** The operation over one site's records. */
    public PatientSummary(Records records) {
        this.records = records;
    }

    /** The document; 400 when another profile is asked for. */
    @Operation(
            name = "$summary",
            typeName = "Patient",
            idempotent = true,
            canonicalUrl = "http://hl7.org/fhir/uv/ips/OperationDefinition/summary")
    public Bundle summary(
            @IdParam IdType id, @OperationParam(name = "profile") @Nullable UriType profile, RequestDetails request) {
        if (profile != null && !Set.of(PROFILE, IPS + "Composition-uv-ips").contains(profile.getValue())) {
            throw new InvalidRequestException("This server makes the universal International Patient Summary only");
        }
        var patient = records.find("Patient", id.getIdPart())
                .orElseThrow(() -> new ResourceNotFoundException("The patient is not known"));
        return new Document(patient, request.getFhirServerBase()).made();
    }

    /** One summary while it is written. */
    private final class Document {
        private final Resource patient;
        private final String base;
        private final Composition composition = new Composition();
        private final Map<String, Resource> entries = new LinkedHashMap<>();

        Document(Resource patient, String base) {
            this.patient = patient;
            this.base = base;
        }

        Bundle made() {
            start();
            section(
                    loinc("11450-4", "Problem list - Reported"),
                    found("Condition", "category=problem-list-item&verification-status:not=entered-in-error"));
            section(
                    loinc("48765-2", "Allergies and adverse reactions Document"),
                    found("AllergyIntolerance", "verification-status:not=entered-in-error"));
            section(
                    loinc("10160-0", "History of Medication use Narrative"),
                    found("MedicationRequest", "status=active"));
            section(
                    loinc("30954-2", "Relevant diagnostic tests/laboratory data note"),
                    found("Observation", "category=laboratory&status:not=entered-in-error&_sort=-date").stream()
                            .limit(RESULTS)
                            .toList());
            var bundle = new Bundle().setType(Bundle.BundleType.DOCUMENT);
            bundle.getMeta().addProfile(PROFILE);
            bundle.setIdentifier(
                            new Identifier().setSystem("urn:ietf:rfc:3986").setValue("urn:uuid:" + UUID.randomUUID()))
                    .setTimestampElement(new InstantType(records.now().toString()));
            entries.forEach((url, resource) -> bundle.addEntry().setFullUrl(url).setResource(resource));
            return bundle;
        }

        private void start() {
            // At the site's address, or its references to the other entries would mean nothing (FHIR R4, 2.36.4.1).
            composition.setId(UUID.randomUUID().toString());
            add(composition);
            add(patient);
            composition.getMeta().addProfile(IPS + "Composition-uv-ips");
            composition
                    .setStatus(Composition.CompositionStatus.FINAL)
                    .setType(loinc("60591-5", "Patient summary Document"))
                    .setSubject(reference(patient))
                    .setDateElement(new DateTimeType(records.now().toString()))
                    .setTitle("International Patient Summary");
            records.all("Organization").stream()
                    .filter(one -> one.getIdPart().endsWith("-org"))
                    .forEach(author -> {
                        add(author);
                        composition.addAuthor(reference(author));
                    });
        }

        private List<Resource> found(String type, String narrowing) {
            return records.matching(type, "patient=Patient/" + patient.getIdPart() + "&" + narrowing);
        }

        private void section(CodeableConcept code, List<Resource> found) {
            var section = composition
                    .addSection()
                    .setTitle(code.getCodingFirstRep().getDisplay())
                    .setCode(code);
            section.getText().setStatus(Narrative.NarrativeStatus.GENERATED).setDivAsString(told(found));
            if (found.isEmpty()) {
                section.setEmptyReason(new CodeableConcept(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/list-empty-reason")
                        .setCode("unavailable")));
            }
            for (Resource resource : found) {
                add(resource);
                section.addEntry(reference(resource));
                if (resource instanceof MedicationRequest request && request.hasMedicationReference()) {
                    var target = request.getMedicationReference().getReferenceElement();
                    records.find("Medication", target.getIdPart()).ifPresent(this::add);
                }
            }
        }

        private void add(Resource resource) {
            entries.put(base + "/" + key(resource), resource);
        }

        private Reference reference(Resource resource) {
            return new Reference(key(resource));
        }
    }

    /** What a reader sees of a section; the words are the records' own, so they are escaped. */
    private static String told(List<Resource> found) {
        return found.isEmpty()
                ? "No information available"
                : found.stream()
                        .map(PatientSummary::words)
                        .map(words -> words.replace("&", "&amp;").replace("<", "&lt;"))
                        .collect(Collectors.joining("</li><li>", "<div><ul><li>", "</li></ul></div>"));
    }

    private static String words(Resource resource) {
        return switch (resource) {
            case Condition condition -> condition.getCode().getText();
            case AllergyIntolerance allergy -> allergy.getCode().getText();
            case Observation result -> result.getCode().getText();
            case MedicationRequest request
            when request.hasMedicationReference() ->
                request.getMedicationReference().getDisplay();
            case MedicationRequest request ->
                request.getMedicationCodeableConcept().getText();
            default -> resource.fhirType();
        };
    }

    private static CodeableConcept loinc(String code, String display) {
        return new CodeableConcept(new Coding("http://loinc.org", code, display));
    }

    private static String key(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }
}
