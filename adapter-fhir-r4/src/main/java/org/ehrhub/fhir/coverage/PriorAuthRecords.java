package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.coverage.PriorAuth;
import org.ehrhub.tools.coverage.PriorAuth.Item;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.ClaimResponse.AdjudicationComponent;
import org.hl7.fhir.r4.model.ClaimResponse.RemittanceOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A payer's decision on a request for prior authorisation (Da Vinci PAS 2.2, PASClaimResponse) in the hub's form. */
final class PriorAuthRecords {
    static final String PENDED = "pended";
    static final String ERROR = "error";

    private static final String APPROVED = "approved";
    private static final String MODIFIED = "modified";
    private static final String PARTIAL = "partial";
    private static final String ACTION = Pas.extension("reviewAction");
    private static final String CODE = Pas.extension("reviewActionCode");
    private static final String NUMBER = "number";

    /** What each action means (X12 data element 306, in a 278). */
    private static final Map<String, String> DECISIONS = Map.of(
            "A1", APPROVED,
            "A2", PARTIAL,
            "A3", "denied",
            "A4", PENDED,
            "A6", MODIFIED,
            "C", "cancelled",
            "CT", PENDED,
            "NA", APPROVED);

    private PriorAuthRecords() {}

    /** A decision under the reference by which it is followed. */
    static PriorAuth priorAuth(ClaimResponse source, @Nullable Reference ref, Reference patient) {
        var items = items(source);
        return new PriorAuth(
                ref,
                decision(source, items),
                number(source, items),
                source.getDisposition(),
                items,
                source.getCreatedElement().getValueAsString(),
                patient);
    }

    /** What the caller must know beside it. */
    static List<String> warnings(PriorAuth told) {
        if (told.decision().equals(ERROR)) {
            return List.of("The payer's answer holds no decision that the hub understands.");
        }
        var codes =
                told.items().stream().map(Item::code).filter(Objects::nonNull).collect(Collectors.toSet());
        return Stream.of(
                        codes.contains("CT") ? "The payer wants to be called about it." : "",
                        codes.contains("NA") ? "The payer says that no authorisation is needed for a part of it." : "")
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String decision(ClaimResponse source, List<Item> items) {
        if (source.getOutcome() == RemittanceOutcome.ERROR) {
            return ERROR;
        }
        if (source.getOutcome() == RemittanceOutcome.QUEUED) {
            return PENDED;
        }
        var said = Stream.concat(
                        items.stream().map(Item::code),
                        items.isEmpty() ? source.getAdjudication().stream().map(PriorAuthRecords::code) : Stream.of())
                .map(code -> code == null ? ERROR : DECISIONS.getOrDefault(code, ERROR))
                .collect(Collectors.toSet());
        if (said.isEmpty()) {
            return source.hasPreAuthRef() ? APPROVED : ERROR;
        }
        return together(said);
    }

    /** The decisions on several items as one. */
    private static String together(Set<String> said) {
        if (said.size() == 1) {
            return said.iterator().next();
        }
        if (said.contains(ERROR)) {
            return ERROR;
        }
        if (said.contains(PENDED)) {
            return PENDED;
        }
        return Set.of(APPROVED, MODIFIED).containsAll(said) ? MODIFIED : PARTIAL;
    }

    private static List<Item> items(ClaimResponse source) {
        return Stream.concat(
                        source.getItem().stream().map(item -> item(item.getItemSequence(), item.getAdjudication())),
                        source.getAddItem().stream()
                                .map(item -> item(
                                        item.getItemSequence().isEmpty()
                                                ? 0
                                                : item.getItemSequence()
                                                        .getFirst()
                                                        .getValue(),
                                        item.getAdjudication())))
                .toList();
    }

    private static Item item(int sequence, List<AdjudicationComponent> adjudications) {
        var code = adjudications.stream()
                .map(PriorAuthRecords::code)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        var number = adjudications.stream()
                .flatMap(one -> actions(one).flatMap(action -> texts(action, NUMBER)))
                .findFirst()
                .orElse(null);
        return new Item(sequence, code, code == null ? null : DECISIONS.get(code), number);
    }

    private static @Nullable String code(AdjudicationComponent adjudication) {
        return actions(adjudication)
                .flatMap(action -> action.getExtensionsByUrl(CODE).stream())
                .map(Extension::getValue)
                .filter(CodeableConcept.class::isInstance)
                .map(value -> Words.code((CodeableConcept) value))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The number of the whole, else the one that all items share. */
    private static @Nullable String number(ClaimResponse source, List<Item> items) {
        var shared = items.stream().map(Item::number).filter(Objects::nonNull).collect(Collectors.toSet());
        return Optional.ofNullable(source.getPreAuthRef())
                .or(() -> texts(source.getExtension(), Pas.extension("authorizationNumber"))
                        .findFirst())
                .orElse(shared.size() == 1 ? shared.iterator().next() : null);
    }

    private static Stream<Extension> actions(AdjudicationComponent adjudication) {
        return adjudication.getExtensionsByUrl(ACTION).stream();
    }

    private static Stream<String> texts(Extension holder, String url) {
        return texts(holder.getExtension(), url);
    }

    private static Stream<String> texts(List<Extension> extensions, String url) {
        return extensions.stream()
                .filter(extension -> url.equals(extension.getUrl()))
                .map(Extension::getValue)
                .filter(PrimitiveType.class::isInstance)
                .map(value -> ((PrimitiveType<?>) value).getValueAsString())
                .filter(Objects::nonNull);
    }
}
