package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.client.exceptions.NonFhirResponseException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed exchange means to the caller, in the hub's words only. */
final class FhirFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FhirFailures.class);
    private static final int DEEPEST = 20;

    private FhirFailures() {}

    /** The failure to throw; an {@link UnauthorizedException} where a fresh login may help. */
    static RuntimeException of(Exception failure, Interaction interaction, String ehr, CallContext call) {
        var answer = first(failure, BaseServerResponseException.class);
        int status = answer.map(BaseServerResponseException::getStatusCode).orElse(0);
        if (answer.isEmpty() && first(failure, DataFormatException.class).isEmpty()) {
            return new IllegalStateException(
                    "A FHIR call failed in the hub: " + failure.getClass().getName());
        }
        // HAPI gives these two a status of its own: the server gave none, or no FHIR.
        boolean answered = status != 0
                && first(failure, FhirClientConnectionException.class).isEmpty()
                && first(failure, NonFhirResponseException.class).isEmpty();
        var understood = answered ? refused(status, interaction) : broken(failure, interaction);
        LOG.info(
                "call {}: {} of {} failed with {}, HTTP {}",
                call.callId(),
                interaction,
                ehr,
                understood.code(),
                status);
        return status == 401 ? new UnauthorizedException(understood) : understood;
    }

    static EhrFailure notFhir(Interaction interaction) {
        return interaction.write()
                ? unclear()
                : new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The EHR answered with something that is not FHIR R4.",
                        "Try again later; if it stays so, ask the hub's operator to check this EHR's base-url.");
    }

    static EhrFailure tooLarge() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR's answer is larger than the hub reads.",
                "Ask for less: fewer rows, a shorter time, one kind.");
    }

    static EhrFailure unclear() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The EHR did not say whether it was done.",
                "Look whether it was done before you try again.");
    }

    private static EhrFailure refused(int status, Interaction interaction) {
        return switch (status) {
            case 401, 403 ->
                new EhrFailure(
                        ErrorCode.DENIED,
                        "The EHR does not let the hub do this.",
                        "Ask the hub's operator to check this EHR's credentials and their scopes.");
            case 404, 410 -> missing(interaction);
            case 409, 412 -> changed();
            case 429 -> new EhrFailure(ErrorCode.RATE_LIMITED, "The EHR gets too many requests.", "Try again later.");
            case 405, 501 -> unsupported();
            default ->
                status < 400
                        ? elsewhere(interaction)
                        : status >= 500 || status == 408 ? silent(interaction) : rejected(interaction);
        };
    }

    private static EhrFailure missing(Interaction interaction) {
        return switch (interaction) {
            case READ, UPDATE, PATCH, DELETE, BINARY ->
                new EhrFailure(
                        ErrorCode.NOT_FOUND, "The EHR holds no such record.", "Search for it again in this EHR.");
            case SEARCH, PAGE, CREATE, TRANSACTION, OPERATION, ACTION -> unsupported();
        };
    }

    private static EhrFailure changed() {
        return new EhrFailure(
                ErrorCode.CONFLICT,
                "Somebody else changed or took it meanwhile.",
                "Read or search again and decide anew.");
    }

    private static EhrFailure unsupported() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR does not support this request.",
                "Do without it, or ask the hub's operator to check this EHR's settings.");
    }

    /** A redirected write may have been done first (RFC 9110, 15.4.4). */
    private static EhrFailure elsewhere(Interaction interaction) {
        return interaction.write()
                ? unclear()
                : new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The EHR points to another address, which the hub does not follow.",
                        "Ask the hub's operator to check this EHR's base-url.");
    }

    private static EhrFailure rejected(Interaction interaction) {
        return interaction.write()
                ? new EhrFailure(
                        ErrorCode.REJECTED_BY_EHR,
                        "The EHR understood the request and refused it.",
                        "Check the arguments; the same call will be refused again.")
                : unsupported();
    }

    private static EhrFailure silent(Interaction interaction) {
        return interaction.write()
                ? unclear()
                : new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR did not answer as it should.", "Try again later.");
    }

    private static EhrFailure broken(Exception failure, Interaction interaction) {
        if (first(failure, DataFormatException.class).isPresent()
                || first(failure, NonFhirResponseException.class).isPresent()) {
            return notFhir(interaction);
        }
        if (chain(failure).anyMatch(FhirFailures::neverSent)) {
            return new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE, "The EHR could not be reached; nothing was sent.", "Try again later.");
        }
        return silent(interaction);
    }

    private static boolean neverSent(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || cause instanceof RequestAbortedException;
    }

    private static <E extends Throwable> Optional<E> first(Throwable failure, Class<E> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
