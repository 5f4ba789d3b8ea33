package org.ehrhub.sandbox.terminology;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** {@code ConceptMap/$translate} (FHIR R4). */
public final class ConceptMapOperations {
    private final Codes codes;

    /** The operation over one site's maps. */
    public ConceptMapOperations(Records records) {
        this.codes = new Codes(records);
    }

    /** What a code corresponds to, by the map named or by every map into the target system. */
    @Operation(
            name = "$translate",
            typeName = "ConceptMap",
            idempotent = true,
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/ConceptMap-translate")
    public Parameters translate(
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "targetsystem") @Nullable UriType target,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        var asked = Asked.of(system, code, coding);
        var answer = new Parameters();
        for (ConceptMap map : codes.maps(url == null ? null : url.getValue())) {
            map.getGroup().stream()
                    .filter(group -> group.getSource().equals(asked.system()))
                    .filter(group -> target == null || group.getTarget().equals(target.getValue()))
                    .forEach(group -> group.getElement().stream()
                            .filter(element -> element.getCode().equals(asked.code()))
                            .flatMap(element -> element.getTarget().stream())
                            .forEach(match -> add(answer, match, group.getTarget(), map)));
        }
        boolean found = answer.hasParameter();
        return found
                ? answer.addParameter("result", true)
                : answer.addParameter("result", false).addParameter("message", "No map has this code");
    }

    private static void add(Parameters answer, TargetElementComponent match, String system, ConceptMap map) {
        var parameter = answer.addParameter().setName("match");
        parameter
                .addPart()
                .setName("equivalence")
                .setValue(new CodeType(match.getEquivalence().toCode()));
        parameter.addPart().setName("concept").setValue(new Coding(system, match.getCode(), match.getDisplay()));
        parameter.addPart().setName("source").setValue(new UriType(map.getUrl()));
    }
}
