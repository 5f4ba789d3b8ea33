package org.ehrhub.sandbox.terminology;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** {@code CodeSystem/$lookup} and {@code CodeSystem/$validate-code} (FHIR R4). */
public final class CodeSystemOperations {
    private static final String DEFINED = "http://hl7.org/fhir/OperationDefinition/CodeSystem-";

    private final Codes codes;

    /** The operations over one site's code systems. */
    public CodeSystemOperations(Records records) {
        this.codes = new Codes(records);
    }

    /** What a code means; 404 when the excerpt does not hold it. */
    @Operation(name = "$lookup", typeName = "CodeSystem", idempotent = true, canonicalUrl = DEFINED + "lookup")
    public Parameters lookup(
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        var asked = Asked.of(system, code, coding);
        var known = codes.system(asked.system());
        var concept = codes.find(known, asked.code())
                .orElseThrow(() -> new ResourceNotFoundException("The code system has no such code"));
        return new Parameters().addParameter("name", known.getTitle()).addParameter("display", concept.display());
    }

    /** Whether a code exists, and whether a display is its own. */
    @Operation(
            name = "$validate-code",
            typeName = "CodeSystem",
            idempotent = true,
            canonicalUrl = DEFINED + "validate-code")
    public Parameters validate(
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "display") @Nullable StringType display,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        var asked = Asked.of(url, code, coding).shown(display);
        return asked.answer(codes.find(codes.system(asked.system()), asked.code()));
    }
}
