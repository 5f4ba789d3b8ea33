package org.ehrhub.fhir.terminology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.terminology.Concept;
import org.ehrhub.tools.terminology.TerminologyLookup;
import org.ehrhub.tools.terminology.TerminologyValidate;
import org.ehrhub.tools.terminology.Validation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** {@code terminology.lookup} and {@code terminology.validate}: {@code $lookup} and {@code $validate-code} (FHIR R4, 4.8). */
public final class Codes {
    private static final String CODE_SYSTEM = "CodeSystem";

    private final FhirServer server;

    /** The codes that this server knows. */
    public Codes(FhirServer server) {
        this.server = server;
    }

    /** What a code means. */
    public ToolResult<Concept> lookup(TerminologyLookup input, CallContext call) {
        var code = Asking.code(input.code());
        var answer = found(code, call);
        var concept = new Concept(
                code.toString(),
                Asking.text(answer, "display").orElse(null),
                Asking.text(answer, "name").orElse(null),
                Asking.text(answer, "version").orElse(null),
                Asking.text(answer, "definition")
                        .or(() -> property(answer, "definition"))
                        .orElse(null),
                designations(answer));
        return new ToolResult.Ok<>(concept, server.provenance(null));
    }

    /** Whether a code exists, or is in a value set. */
    public ToolResult<Validation> validate(TerminologyValidate input, CallContext call) {
        var code = Asking.code(input.code());
        var set = input.valueSet();
        var asking = set == null
                ? Asking.of(server, CODE_SYSTEM, "validate-code").with("url", code.system())
                : Asking.of(server, "ValueSet", "validate-code")
                        .with("url", Asking.uri(set, "valueSet"))
                        .with("system", code.system());
        var answer = asking.with("code", code.code())
                .with("display", input.display())
                .answer(Parameters.class, call);
        var validation = new Validation(
                Asking.result(answer),
                Asking.text(answer, "display").orElse(null),
                Asking.text(answer, "message").orElse(null));
        return new ToolResult.Ok<>(validation, server.provenance(null));
    }

    /**
     * What the service says of a code. One that it does not know is refused like an operation that it does not have, so it is
     * asked once more whether the code exists.
     */
    private Parameters found(CodeToken code, CallContext call) {
        try {
            return Asking.of(server, CODE_SYSTEM, "lookup")
                    .with("system", code.system())
                    .with("code", code.code())
                    .answer(Parameters.class, call);
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.UNSUPPORTED && isSurelyNone(code, call)) {
                throw new EhrFailure(
                        ErrorCode.NOT_FOUND,
                        "The code system has no such code, as far as this EHR's terminology service knows it.",
                        "Check code and system, or look the words up with terminology.expand.");
            }
            throw e;
        }
    }

    private boolean isSurelyNone(CodeToken code, CallContext call) {
        try {
            var answer = Asking.of(server, CODE_SYSTEM, "validate-code")
                    .with("url", code.system())
                    .with("code", code.code())
                    .answer(Parameters.class, call);
            return !Asking.result(answer);
        } catch (EhrFailure e) {
            return false; // then the first answer stands
        }
    }

    private static Optional<String> property(Parameters answer, String code) {
        return named(answer, "property")
                .filter(property -> Asking.part(property, "code")
                        .flatMap(Asking::value)
                        .filter(code::equals)
                        .isPresent())
                .flatMap(property -> Asking.part(property, "value").flatMap(Asking::value).stream())
                .findFirst();
    }

    private static List<String> designations(Parameters answer) {
        return named(answer, "designation")
                .flatMap(designation -> Asking.part(designation, "value").flatMap(Asking::value).stream())
                .distinct()
                .toList();
    }

    private static Stream<ParametersParameterComponent> named(Parameters answer, String name) {
        return answer.getParameter().stream().filter(parameter -> name.equals(parameter.getName()));
    }
}
