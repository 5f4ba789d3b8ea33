package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.LogKey;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed exchange means to the caller, in the hub's words only. */
final class FhirFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FhirFailures.class);
    private static final int DEEPEST = 20;

    private FhirFailures() {}

    /** The failure to throw; an {@link UnauthorizedException} where a fresh login may help. */
    static RuntimeException of(Exception failure, Sending sending, String ehr, CallContext call) {
        int status = sending.answered().status();
        if (status == 0 && first(failure, BaseServerResponseException.class).isEmpty()) {
            return new IllegalStateException(
                    "A FHIR call failed in the hub: " + failure.getClass().getName());
        }
        boolean refused = status != 0 && (status < 200 || status > 299);
        var understood = refused ? sending.refusal().orElseGet(() -> refused(sending)) : broken(failure, sending);
        LOG.atInfo()
                .addKeyValue(LogKey.CALL.word(), call.callId())
                .addKeyValue(LogKey.TRACE.word(), call.trace().traceId())
                .addKeyValue(LogKey.EHR.word(), ehr)
                .addKeyValue(LogKey.KIND.word(), sending.kind())
                .addKeyValue(LogKey.CODE.word(), understood.code())
                .addKeyValue(LogKey.STATUS.word(), status)
                .log("an EHR was asked in vain");
        return status == 401 ? new UnauthorizedException(understood) : understood;
    }

    /**
     * What was asked for.
     *
     * @throws EhrFailure when the server answered with something else
     */
    static <T> T expected(@Nullable Object body, Class<T> type, Sending sending) {
        if (type.isInstance(body)) {
            return type.cast(body);
        }
        throw sending.answered().outcome() && !sending.kind().write()
                ? Outcomes.failure(sending.answered())
                : notFhir(sending.kind());
    }

    static EhrFailure notFhir(Interaction interaction) {
        return interaction.write()
                ? unclear()
                : new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The EHR answered with something that is not FHIR R4.",
                        "Try again later; if it stays so, ask the hub's operator to check this EHR's base-url.");
    }

    static EhrFailure anotherRecord() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "The EHR answered with another record than was asked for, which the hub does not show.",
                "Try again later; if it stays so, ask the hub's operator to look at this EHR.");
    }

    static EhrFailure tooLate() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "There was no time left to ask the EHR; nothing was sent.",
                "Try again; ask for less where the EHR is slow.");
    }

    static EhrFailure tooLarge() {
        var failure = new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR's answer is larger than the hub reads.",
                "Ask for less: fewer rows, a shorter time, one kind.");
        failure.initCause(new AnswerTooLargeException());
        return failure;
    }

    static EhrFailure unclear() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The EHR did not say whether it was done.",
                "Look whether it was done before you try again.");
    }

    private static EhrFailure refused(Sending sending) {
        int status = sending.answered().status();
        var interaction = sending.kind();
        return switch (status) {
            case 401, 403 -> denied();
            case 404, 410 -> missing(interaction);
            case 409, 412 -> changed();
            case 429 -> busy(sending.answered().when());
            case 405, 501 -> interaction == Interaction.POSTED_SEARCH ? noPostedSearch() : unsupported();
            default ->
                status < 400
                        ? elsewhere(interaction)
                        : status >= 500 || status == 408 ? silent(sending) : rejected(interaction);
        };
    }

    static EhrFailure denied() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "The EHR does not let the hub do this.",
                "Ask the hub's operator to check this EHR's credentials and their scopes.");
    }

    static EhrFailure busy(String when) {
        return new EhrFailure(ErrorCode.RATE_LIMITED, "The EHR gets too many requests.", when);
    }

    static EhrFailure noSuchRecord() {
        var absent = ToolResult.notFound();
        return new EhrFailure(absent.code(), absent.message(), absent.hint());
    }

    private static EhrFailure missing(Interaction interaction) {
        return switch (interaction) {
            case READ, UPDATE, PATCH, DELETE, BINARY, ATTACHMENT -> noSuchRecord();
            case POSTED_SEARCH -> noPostedSearch();
            case PAGE -> forgotten();
            case TRANSACTION -> notAll();
            case SEARCH, LISTING, CREATE, OPERATION, ACTION, TOKEN, STATEMENT, SMART, OWN_READ, OWN_ACTION ->
                unsupported();
        };
    }

    private static EhrFailure forgotten() {
        return new EhrFailure(
                ErrorCode.INVALID_INPUT,
                "The EHR does not keep this place in the list any more.",
                "Ask for the list again, without a cursor.");
    }

    private static EhrFailure notAll() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR takes no transactions, or does not hold a record that this one was to change; nothing was done.",
                "Read those records again; else ask the hub's operator to check this EHR's settings.");
    }

    private static EhrFailure noPostedSearch() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR takes no searches by POST.",
                "Ask the hub's operator to set `search: get` for this EHR.");
    }

    static EhrFailure changed() {
        return new EhrFailure(
                ErrorCode.CONFLICT,
                "Somebody else changed or took it meanwhile.",
                "Read or search again and decide anew.");
    }

    static EhrFailure unsupported() {
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
        return interaction.write() ? rejected() : unsupported();
    }

    static EhrFailure rejected() {
        return new EhrFailure(
                ErrorCode.REJECTED_BY_EHR,
                "The EHR understood the request and refused it.",
                "Check the arguments; the same call will be refused again.");
    }

    static EhrFailure silent(Sending sending) {
        return sending.kind().write()
                ? unclear()
                : new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The EHR did not answer as it should.",
                        sending.answered().when());
    }

    private static EhrFailure broken(Exception failure, Sending sending) {
        if (sending.answered().outcome() && !sending.kind().write()) {
            return Outcomes.failure(sending.answered());
        }
        if (first(failure, AnswerTooLargeException.class).isPresent()) {
            return sending.kind().write() ? unclear() : tooLarge();
        }
        if (first(failure, FhirClientConnectionException.class).isEmpty()
                || first(failure, JsonProcessingException.class).isPresent()) {
            return notFhir(sending.kind()); // it came whole, and HAPI cannot read it
        }
        if (first(failure, Networks.ForbiddenAddressException.class).isPresent()) {
            return new EhrFailure(
                    ErrorCode.DENIED,
                    "The address lies in a network that the hub does not call; nothing was sent.",
                    "Ask the hub's operator to check this EHR's addresses.");
        }
        if (chain(failure).anyMatch(FhirFailures::neverSent)) {
            return new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE, "The EHR could not be reached; nothing was sent.", "Try again later.");
        }
        return silent(sending);
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
