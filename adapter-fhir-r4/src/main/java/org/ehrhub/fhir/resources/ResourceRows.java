package org.ehrhub.fhir.resources;

import java.util.List;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.fhir.FhirResource;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Records in FHIR's own words, without what a model has no use for or must not have: narrative, tags, the bytes of
 * attachments and addresses that let anybody fetch them, and the server's own address in references.
 */
final class ResourceRows {
    private final FhirServer server;
    private final PatientOf patients;
    private int attachments;

    /** The rows of one answer. */
    ResourceRows(FhirServer server) {
        this.server = server;
        this.patients = new PatientOf(server);
    }

    /** One record; it is changed. */
    FhirResource row(Resource resource) {
        var subject = patients.of(resource);
        var version = resource.getMeta().getVersionId();
        bare(resource);
        if (resource instanceof DomainResource domain) {
            domain.getContained().forEach(ResourceRows::bare);
        }
        lean(resource);
        return new FhirResource(
                FhirId.reference(server.ehr(), resource), version, new FhirJson(FhirServer.encode(resource)), subject);
    }

    /** What was left out of the rows so far. */
    List<String> warnings() {
        return attachments == 0
                ? List.of()
                : List.of("Left out: the content of " + attachments
                        + (attachments == 1 ? " attachment" : " attachments") + "; document.get gives a document's.");
    }

    private static void bare(Resource resource) {
        if (resource.hasMeta()) {
            resource.getMeta().getTag().clear();
        }
        if (resource instanceof DomainResource domain) {
            domain.setText(null);
        }
    }

    private void lean(Resource resource) {
        for (var element : Elements.all(resource)) {
            switch (element) {
                case Attachment attachment -> lean(attachment);
                case Reference reference -> lean(reference);
                default -> {}
            }
        }
    }

    /** An address with a query is one that was signed for whoever has it. */
    private void lean(Attachment attachment) {
        boolean signed = attachment.hasUrl() && attachment.getUrl().contains("?");
        if (attachment.hasData() || signed) {
            attachments++;
            attachment.setDataElement(null);
        }
        if (signed) {
            attachment.setUrlElement(null);
        }
    }

    private void lean(Reference reference) {
        var own = server.base() + "/";
        if (reference.hasReference() && reference.getReference().startsWith(own)) {
            reference.setReference(reference.getReference().substring(own.length()));
        }
    }
}
