package org.ehrhub.fhir.terminology;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One question to a terminology service: an operation asked with GET, as all of them can be (FHIR R4, 4.7.4). */
final class Asking {
    private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:[!-~&&[^\"<>\\\\^`{|}]]{1,299}");

    private final FhirServer server;
    private final SearchUrl url;

    private Asking(FhirServer server, SearchUrl url) {
        this.server = server;
        this.url = url;
    }

    static Asking of(FhirServer server, String type, String operation) {
        return new Asking(server, SearchUrl.ofOperation(type, operation));
    }

    /** Adds a parameter, where it has a value. */
    Asking with(String name, @Nullable String value) {
        if (value != null) {
            url.written(name, value);
        }
        return this;
    }

    /** The answer. A service refuses what it does not know in the same way as what it does not do. */
    <R extends Resource> R answer(Class<R> type, CallContext call) {
        try {
            return server.operation(url.text(), null, false, type, call);
        } catch (EhrFailure e) {
            throw e.code() == ErrorCode.UNSUPPORTED
                    ? new EhrFailure(
                            ErrorCode.UNSUPPORTED,
                            "The EHR's terminology service does not know that code system, value set or map, or does"
                                    + " not answer such questions.",
                            "Check the URI; else ask another EHR.")
                    : e;
        }
    }

    /** The first value of a name in an answer. */
    static Optional<String> text(Parameters answer, String name) {
        return answer.getParameter().stream()
                .filter(parameter -> name.equals(parameter.getName()))
                .flatMap(parameter -> value(parameter).stream())
                .findFirst();
    }

    /** The simple value of a parameter. */
    static Optional<String> value(ParametersParameterComponent parameter) {
        return Optional.ofNullable(parameter.getValue())
                .map(Base::primitiveValue)
                .filter(value -> !value.isBlank());
    }

    /** The first part of a name in a parameter. */
    static Optional<ParametersParameterComponent> part(ParametersParameterComponent parameter, String name) {
        return parameter.getPart().stream()
                .filter(part -> name.equals(part.getName()))
                .findFirst();
    }

    /**
     * Whether a service said yes.
     *
     * @throws EhrFailure {@code EHR_UNAVAILABLE} when it said neither yes nor no
     */
    static boolean result(Parameters answer) {
        return switch (text(answer, "result").orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The EHR's terminology service gave no result.",
                        "Try again later; if it stays so, tell the hub's operator.");
        };
    }

    /**
     * A code with its system.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it names none, or not by URI
     */
    static CodeToken code(String written) {
        var token = CodeToken.parse(written, "code");
        if (token.system() == null) {
            throw refused("code", "does not say of which code system it is.");
        }
        return new CodeToken(uri(token.system(), "code"), token.code());
    }

    /**
     * The URI of a code system, value set or map.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is none
     */
    static String uri(String written, String argument) {
        if (!URI.matcher(written).matches()) {
            throw refused(argument, "does not name its system by a URI or a short name that the hub knows.");
        }
        return written;
    }

    private static EhrFailure refused(String argument, String why) {
        return new EhrFailure(
                ErrorCode.INVALID_INPUT,
                "`" + argument + "` " + why,
                "Write a URI such as http://loinc.org, or loinc, snomed, rxnorm, icd10cm, cvx.");
    }
}
