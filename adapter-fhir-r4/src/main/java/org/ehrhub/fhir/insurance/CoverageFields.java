package org.ehrhub.fhir.insurance;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.ClassComponent;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** What a caller says of a coverage, put into FHIR's record of it; what the caller does not say stays as it is. */
final class CoverageFields {
    private static final String RELATIONSHIPS = "http://terminology.hl7.org/CodeSystem/subscriber-relationship";
    private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/coverage-class";
    private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String MEMBER = "MB";

    private final FhirServer server;
    private final Links links;

    CoverageFields(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
    }

    void put(CoverageRecord input, Coverage coverage) {
        if (input.status() != null) {
            coverage.setStatus(Codes.word(input.status(), CoverageStatus::fromCode, "status"));
        }
        if (input.relationship() != null
                && !Codes.holds(coverage.getRelationship(), RELATIONSHIPS, input.relationship())) {
            coverage.setRelationship(Codes.of(RELATIONSHIPS, input.relationship(), null));
        }
        member(input.memberId(), coverage);
        payer(input, coverage);
        named("plan", input.plan(), coverage);
        named("group", input.group(), coverage);
        if (input.start() != null) {
            coverage.getPeriod()
                    .setStartElement(day(input.start(), coverage.getPeriod().getStartElement()));
        }
        if (input.end() != null) {
            coverage.getPeriod()
                    .setEndElement(day(input.end(), coverage.getPeriod().getEndElement()));
        }
    }

    /**
     * Where payers and US Core look for it. A subscriber's id that differs from the member's is somebody else's and stays.
     */
    private static void member(String id, Coverage coverage) {
        var subscriber = coverage.getSubscriberId();
        if (subscriber == null || subscriber.equals(memberId(coverage))) {
            coverage.setSubscriberId(id);
        }
        var held = coverage.getIdentifier().stream()
                .filter(CoverageFields::isMember)
                .findFirst()
                .orElseGet(() -> coverage.addIdentifier().setType(Codes.of(IDENTIFIER_TYPES, MEMBER, "Member Number")));
        if (!id.equals(held.getValue())) {
            held.setValue(id);
        }
    }

    private void payer(CoverageRecord input, Coverage coverage) {
        var given = input.payer() == null
                ? new Reference().setDisplay(input.payerName())
                : links.actor(input.payer(), "payer");
        var first = coverage.getPayor().isEmpty() ? null : coverage.getPayorFirstRep();
        boolean same = first != null
                && (input.payer() == null
                        ? String.valueOf(input.payerName()).equals(first.getDisplay())
                        : input.payer().equals(server.reference(first)));
        if (!same) {
            coverage.getPayor().clear();
            coverage.addPayor(given);
        }
    }

    private static void named(String kind, @Nullable String value, Coverage coverage) {
        if (value == null) {
            return;
        }
        var held = coverage.getClass_().stream()
                .filter(one -> Codes.holds(one.getType(), CLASSES, kind))
                .findFirst()
                .orElseGet(() -> coverage.addClass_().setType(Codes.of(CLASSES, kind, null)));
        if (!value.equals(shown(held))) {
            held.setValue(value).setName(null);
        }
    }

    /** The identifier that is marked as the member's (US Core 9), else the subscriber's id. */
    static @Nullable String memberId(Coverage coverage) {
        return coverage.getIdentifier().stream()
                .filter(identifier -> isMember(identifier) && identifier.hasValue())
                .map(Identifier::getValue)
                .findFirst()
                .orElse(coverage.getSubscriberId());
    }

    static CodeableConcept self() {
        return Codes.of(RELATIONSHIPS, "self", null);
    }

    static @Nullable String shown(ClassComponent one) {
        return one.hasName() ? one.getName() : one.getValue();
    }

    static @Nullable String named(String kind, Coverage coverage) {
        return coverage.getClass_().stream()
                .filter(one -> Codes.holds(one.getType(), CLASSES, kind))
                .findFirst()
                .map(CoverageFields::shown)
                .orElse(null);
    }

    /** Where it is that day already, as exact as it was. */
    private static DateTimeType day(String wanted, DateTimeType held) {
        return wanted.equals(held.getValueAsString()) ? held : new DateTimeType(wanted);
    }

    private static boolean isMember(Identifier identifier) {
        return Codes.holds(identifier.getType(), IDENTIFIER_TYPES, MEMBER);
    }
}
