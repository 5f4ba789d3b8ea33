package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageList;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage.ClassComponent;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** {@code coverage.list}: the insurance on file (FHIR R4, 13.1). */
public final class CoverageListing {
    private static final String MEMBER = "MB";

    private final FhirServer server;
    private final ResultPages pages;

    /** The coverage on this server. */
    public CoverageListing(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /**
     * Lists one patient's coverage. A status is looked at here: servers promise to search by patient only (US Core 9), and
     * people have few of them.
     */
    public ToolResult<Page<Coverage>> list(CoverageList input, CallContext call) {
        var id = FhirId.of(input.patient(), "patient", server.ehr());
        var url = SearchUrl.of("Coverage")
                .written("patient", "Patient/" + id)
                .written("_count", Integer.toString(input.rows()));
        var query = new Query<>(
                org.hl7.fhir.r4.model.Coverage.class,
                url,
                (row, included) -> verdict(row, input),
                (row, included) -> row(row));
        return pages.read(query, input.rows(), call);
    }

    /** FHIR's Coverage in the hub's form. */
    Coverage row(org.hl7.fhir.r4.model.Coverage source) {
        var payer = source.getPayorFirstRep();
        return new Coverage(
                new org.ehrhub.tools.Reference(server.ehr(), "Coverage", source.getIdPart()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                Words.of(source.getType()),
                source.hasPayor() ? new Participant(server.reference(payer), payer.getDisplay()) : null,
                memberId(source),
                subscriber(source),
                Words.of(source.getRelationship()),
                part(source, "plan", true),
                part(source, "group", false),
                Words.start(source.getPeriod()),
                Words.end(source.getPeriod()),
                server.reference(source.getBeneficiary()));
    }

    private Verdict verdict(org.hl7.fhir.r4.model.Coverage row, CoverageList wanted) {
        if (!row.hasIdElement() || !wanted.patient().equals(server.reference(row.getBeneficiary()))) {
            return Verdict.FILTER_IGNORED;
        }
        if (row.getStatus() == CoverageStatus.ENTEREDINERROR) {
            return Verdict.ENTERED_IN_ERROR;
        }
        boolean ofStatus = wanted.status() == null
                || (row.hasStatus() && wanted.status().equals(row.getStatus().toCode()));
        return !ofStatus ? Verdict.LEFT_OUT : Modifiers.unknownIn(row) ? Verdict.MODIFIED : Verdict.FITS;
    }

    /** The identifier that is marked as the member's (US Core 9), else the subscriber's id. */
    private static @Nullable String memberId(org.hl7.fhir.r4.model.Coverage source) {
        return source.getIdentifier().stream()
                .filter(identifier ->
                        identifier.getType().getCoding().stream().anyMatch(coding -> MEMBER.equals(coding.getCode())))
                .map(Identifier::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(source.getSubscriberId());
    }

    private @Nullable String subscriber(org.hl7.fhir.r4.model.Coverage source) {
        var holder = source.getSubscriber();
        var ref = server.reference(holder);
        return ref != null && ref.equals(server.reference(source.getBeneficiary()))
                ? null
                : Stream.of(named(holder), ref == null ? null : ref.toString())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable String named(Reference reference) {
        return reference.getDisplay();
    }

    /** A plan is known by its name, a group by its number. */
    private static @Nullable String part(org.hl7.fhir.r4.model.Coverage source, String type, boolean nameFirst) {
        return source.getClass_().stream()
                .filter(part -> isOfType(part.getType(), type))
                .flatMap(part -> Stream.of(texts(part, nameFirst)).flatMap(List::stream))
                .findFirst()
                .orElse(null);
    }

    private static List<String> texts(ClassComponent part, boolean nameFirst) {
        var both = nameFirst ? Stream.of(part.getName(), part.getValue()) : Stream.of(part.getValue(), part.getName());
        return both.filter(Objects::nonNull).toList();
    }

    private static boolean isOfType(CodeableConcept type, String code) {
        return type.getCoding().stream().anyMatch(coding -> code.equals(coding.getCode()));
    }
}
