package org.ehrhub.fhir.client;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.tools.SensitiveRecords;
import org.ehrhub.tools.Sensitivity;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What security labels say of how sensitive a resource is (FHIR R4, 6.1.2): the codes of HL7 v3 Confidentiality and ActCode,
 * also where no code system is given. Labels of other systems are a site's own and say nothing to the hub.
 */
final class SecurityLabels {
    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    private static final Set<String> NOT_CONFIDENTIAL = Set.of("U", "L", "M", "N");

    private static final Map<String, Sensitivity> POLICIES = Map.ofEntries(
            Map.entry("ETH", Sensitivity.SUBSTANCE_USE),
            Map.entry("ETHUD", Sensitivity.SUBSTANCE_USE),
            Map.entry("OPIOIDUD", Sensitivity.SUBSTANCE_USE),
            Map.entry("SUD", Sensitivity.SUBSTANCE_USE),
            Map.entry("PSY", Sensitivity.MENTAL_HEALTH),
            Map.entry("PSYTHPN", Sensitivity.MENTAL_HEALTH),
            Map.entry("MH", Sensitivity.MENTAL_HEALTH),
            Map.entry("BH", Sensitivity.MENTAL_HEALTH),
            Map.entry("HIV", Sensitivity.HIV),
            Map.entry("SEX", Sensitivity.SEXUAL_HEALTH),
            Map.entry("STD", Sensitivity.SEXUAL_HEALTH),
            Map.entry("SDV", Sensitivity.VIOLENCE),
            Map.entry("VIO", Sensitivity.VIOLENCE),
            Map.entry("GDIS", Sensitivity.GENETIC),
            Map.entry("SICKLE", Sensitivity.GENETIC));

    /** Codes of ActCode that tell what is to be done with a record, and nothing of what is in it. */
    private static final Set<String> HANDLING = Set.of(
            "CPLYCC",
            "CPLYCD",
            "CPLYCUI",
            "CPLYJPP",
            "CPLYOPP",
            "CPLYOSP",
            "CPLYPOL",
            "DECLASSIFYLABEL",
            "DELAU",
            "DOWNGRDLABEL",
            "DRIVLABEL",
            "ENCRYPT",
            "ENCRYPTR",
            "ENCRYPTT",
            "ENCRYPTU",
            "HUAPRV",
            "LABEL",
            "MASK",
            "MINEC",
            "PERSISTLABEL",
            "PRIVMARK",
            "UPGRDLABEL",
            "ANONY",
            "AOD",
            "AUDIT",
            "AUDTR",
            "CPLYPSI",
            "DEID",
            "PSEUD",
            "REDACT",
            "RECIPIENT",
            "NOAUTH",
            "NOCOLLECT",
            "NODSCLCD",
            "NODSCLCDS",
            "NOINTEGRATE",
            "NOLIST",
            "NOMOU",
            "NOORGPOL",
            "NOPAT",
            "NOPERSISTP",
            "NORDSCLCD",
            "NORDSCLCDS",
            "NORDSCLW",
            "NORELINK",
            "NOREUSE",
            "NOVIP",
            "ORCON");

    private SecurityLabels() {}

    /** Notes what is sensitive of an answer, the resources in it included. */
    static void note(@Nullable Object answer, String ehr, SensitiveRecords found) {
        switch (answer) {
            case Bundle bundle -> bundle(bundle, ehr, found);
            case Resource resource -> resource(resource, ehr, found);
            case null, default -> {}
        }
    }

    /** A list's own label is that of the strictest in it; one that none in it has is the list's as a whole. */
    private static void bundle(Bundle bundle, String ehr, SensitiveRecords found) {
        var within = bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .mapToInt(entry -> {
                    note(entry, ehr, found);
                    return entry == null ? 0 : reasons(entry).size();
                })
                .sum();
        if (within == 0) {
            found.noteAll(reasons(bundle));
        }
    }

    private static void resource(Resource resource, String ehr, SensitiveRecords found) {
        var reasons = reasons(resource);
        var reference = FhirId.reference(ehr, resource);
        if (reference != null) {
            found.note(reference, reasons);
        } else {
            found.noteAll(reasons);
        }
    }

    private static Set<Sensitivity> reasons(Resource resource) {
        var reasons = EnumSet.noneOf(Sensitivity.class);
        codings(resource).forEach(label -> note(label, reasons));
        return reasons;
    }

    private static Stream<Coding> codings(Resource resource) {
        var labels = resource.getMeta().getSecurity().stream();
        return switch (resource) {
            case DocumentReference document ->
                Stream.concat(
                        labels, document.getSecurityLabel().stream().flatMap(label -> label.getCoding().stream()));
            case Composition composition
            when composition.hasConfidentiality() ->
                Stream.concat(
                        labels,
                        Stream.of(new Coding(
                                CONFIDENTIALITY,
                                composition.getConfidentiality().toCode(),
                                null)));
            default -> labels;
        };
    }

    private static void note(Coding label, Set<Sensitivity> reasons) {
        var code = label.hasCode() ? label.getCode().toUpperCase(Locale.ROOT) : "";
        switch (label.hasSystem() ? label.getSystem() : "") {
            case CONFIDENTIALITY -> confidentiality(code, reasons);
            case ACT_CODE -> policy(code, reasons);
            case "" -> bare(code, reasons);
            default -> {}
        }
    }

    private static void confidentiality(String code, Set<Sensitivity> reasons) {
        if (code.equals("V")) {
            reasons.add(Sensitivity.VERY_RESTRICTED);
        } else if (!NOT_CONFIDENTIAL.contains(code)) {
            reasons.add(POLICIES.getOrDefault(code, Sensitivity.RESTRICTED));
        }
    }

    private static void policy(String code, Set<Sensitivity> reasons) {
        if (!HANDLING.contains(code)) {
            reasons.add(POLICIES.getOrDefault(code, Sensitivity.OTHER));
        }
    }

    private static void bare(String code, Set<Sensitivity> reasons) {
        if (code.equals("R") || code.equals("V")) {
            confidentiality(code, reasons);
        } else if (POLICIES.containsKey(code)) {
            policy(code, reasons);
        }
    }
}
