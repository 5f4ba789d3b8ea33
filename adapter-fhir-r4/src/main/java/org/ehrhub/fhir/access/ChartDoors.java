package org.ehrhub.fhir.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.resources.RecordOwners;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** How a FHIR R4 server holds its charts: by the labels of the Patient, and by the patient's Consents. */
public final class ChartDoors implements ChartAccess {
    private static final int MOST = 100;

    private final FhirServer server;
    private final ResultPages pages;
    private final RecordOwners owners;

    /** The charts of a server. */
    public ChartDoors(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.owners = new RecordOwners(server);
    }

    /** Reads the patients, whose labels are noted as those of everything that is read. */
    @Override
    public ToolResult<Page<Chart>> ask(Question question, CallContext call) {
        var there = patients(question.patients(), call);
        var charts = there.stream()
                .map(patient ->
                        new Chart(patient, question.consents() ? consent(patient, question, call) : Consent.SILENT))
                .toList();
        if (question.consents()) {
            question.patients().stream()
                    .filter(patient -> !there.contains(patient))
                    .forEach(patient -> askInVain(patient, question, call));
        }
        return new ToolResult.Ok<>(Page.all(charts), server.provenance(null));
    }

    @Override
    public ToolResult<Page<Owned>> owners(Written written, CallContext call) {
        return new ToolResult.Ok<>(Page.all(owners.of(written, call)), server.provenance(null));
    }

    private List<Reference> patients(Set<Reference> asked, CallContext call) {
        if (asked.size() == 1) {
            return one(asked.iterator().next(), call);
        }
        var ids = asked.stream()
                .map(patient -> FhirId.of(patient, "patient", server.ehr()))
                .collect(Collectors.joining(","));
        var search = SearchUrl.of("Patient").written("_id", ids).written("_count", Integer.toString(MOST));
        return pages.all(Patient.class, search, call).stream()
                .map(this::reference)
                .filter(asked::contains)
                .toList();
    }

    private List<Reference> one(Reference patient, CallContext call) {
        try {
            server.read(Patient.class, FhirId.of(patient, "patient", server.ehr()), call);
            return List.of(patient);
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** So that a chart that is closed and one that is not there take the same questions, and about the same time. */
    private void askInVain(Reference absent, Question question, CallContext call) {
        try {
            consent(absent, question, call);
        } catch (EhrFailure e) {
            if (e.code() != ErrorCode.NOT_FOUND && e.code() != ErrorCode.REJECTED_BY_EHR) {
                throw e;
            }
        }
    }

    private Reference reference(Resource found) {
        return new Reference(server.ehr(), "Patient", found.getIdPart());
    }

    private Consent consent(Reference patient, Question question, CallContext call) {
        var search = SearchUrl.of("Consent").written("patient", "Patient/" + patient.id());
        var words = new ConsentWords(question.purpose(), server.clock().instant());
        var said = pages.all(org.hl7.fhir.r4.model.Consent.class, search, call).stream()
                .map(words::of)
                .collect(Collectors.toSet());
        return said.contains(Consent.DENIES)
                ? Consent.DENIES
                : said.contains(Consent.PERMITS) ? Consent.PERMITS : Consent.SILENT;
    }
}
