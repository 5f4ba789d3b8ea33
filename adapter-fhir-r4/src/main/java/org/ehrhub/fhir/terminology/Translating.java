package org.ehrhub.fhir.terminology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.terminology.TerminologyTranslate;
import org.ehrhub.tools.terminology.Translation;
import org.ehrhub.tools.terminology.Translation.Match;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.jspecify.annotations.Nullable;

/** {@code terminology.translate}: {@code ConceptMap/$translate} (FHIR R4, 4.10). */
public final class Translating {
    private final FhirServer server;

    /** The maps that this server knows. */
    public Translating(FhirServer server) {
        this.server = server;
    }

    /** What a code corresponds to; a match into another system than the one asked for is left out. */
    public ToolResult<Translation> translate(TerminologyTranslate input, CallContext call) {
        var code = Asking.code(input.code());
        var target = input.target() == null ? null : Asking.uri(CodeToken.uri(input.target()), "target");
        var map = input.conceptMap() == null ? null : Asking.uri(input.conceptMap(), "conceptMap");
        var answer = Asking.of(server, "ConceptMap", "translate")
                .with("url", map)
                .with("system", code.system())
                .with("code", code.code())
                .with("targetsystem", target)
                .answer(Parameters.class, call);
        boolean found = Asking.result(answer);
        var matches = new ArrayList<Match>();
        var others = new ArrayList<Match>();
        for (var parameter : answer.getParameter()) {
            if ("match".equals(parameter.getName())) {
                match(parameter).ifPresent(match -> (isInto(parameter, target) ? matches : others).add(match));
            }
        }
        var translation = new Translation(found && !matches.isEmpty(), matches);
        return new ToolResult.Ok<>(translation, server.provenance(null), warnings(others.size()));
    }

    private static Optional<Match> match(ParametersParameterComponent parameter) {
        return concept(parameter)
                .filter(Coding::hasCode)
                .map(coding -> new Match(
                        new CodeToken(coding.getSystem(), coding.getCode()).toString(),
                        coding.getDisplay(),
                        text(parameter, "equivalence"),
                        text(parameter, "source")));
    }

    private static boolean isInto(ParametersParameterComponent parameter, @Nullable String target) {
        return target == null
                || concept(parameter)
                        .filter(coding -> target.equals(coding.getSystem()))
                        .isPresent();
    }

    private static Optional<Coding> concept(ParametersParameterComponent parameter) {
        return Asking.part(parameter, "concept")
                .map(ParametersParameterComponent::getValue)
                .filter(Coding.class::isInstance)
                .map(Coding.class::cast);
    }

    private static @Nullable String text(ParametersParameterComponent parameter, String name) {
        return Asking.part(parameter, name).flatMap(Asking::value).orElse(null);
    }

    private static List<String> warnings(int others) {
        return others == 0
                ? List.of()
                : List.of("The EHR ignored `target`: " + others + (others == 1 ? " match" : " matches")
                        + " into another code system left out.");
    }
}
