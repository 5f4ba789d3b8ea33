package org.ehrhub.medplum.agents;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.medplum.agents.Receivers.Addressed;
import org.ehrhub.medplum.agents.SentMessages.Fate;
import org.ehrhub.medplum.agents.SentMessages.Status;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.ehrhub.tools.hl7v2.Hl7Send;

/**
 * {@code hl7v2.send} through an Agent: done when the receiver says so and never before. Medplum keeps nothing of a message, so
 * whether one whose acknowledgement was lost has arrived nobody but the receiver can tell: such a message is not sent again.
 */
final class MessagePush implements WriteHandler<Hl7Send, Hl7Outcome> {
    private static final Duration SPARE = Duration.ofMillis(500);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String ONLY_RECEIVED =
            "The receiver took the message on (CA) and has not said yet what it did with it.";

    private final FhirServer server;
    private final Receivers receivers;
    private final SentMessages sent;
    private final Duration longestWait;
    private final AgentDesk desk;
    private final Outcomes outcomes;

    /** Messages to these receivers, of which no answer is waited for longer than this. */
    MessagePush(FhirServer server, Receivers receivers, SentMessages sent, Duration longestWait) {
        this.server = server;
        this.receivers = receivers;
        this.sent = sent;
        this.longestWait = longestWait;
        this.desk = new AgentDesk(server);
        this.outcomes = new Outcomes(receivers);
    }

    @Override
    public ToolResult<Hl7Outcome> handle(Hl7Send input, CallContext call) {
        var receiver = receivers.named(input.destination());
        var message = OutgoingMessage.of(input.message(), call.writeKey());
        var addressed = new Addressed(receiver, message.controlId());
        var wait = wait(receiver.settings(), call);
        var earlier = sent.begin(addressed, call.writeKey());
        if (earlier.isPresent()) {
            throw again(addressed, earlier.get());
        }
        try {
            return answered(desk.push(receiver.settings(), message.text(), wait, call), addressed, call);
        } catch (EhrFailure e) {
            if (PushRefusals.isSurelyUnsent(e)) {
                sent.unsent(addressed);
                throw e;
            }
            throw outcomes.unknown(addressed);
        }
    }

    /**
     * What this process knows of the message. Empty only where the receiver refused it: whoever does not know better must not
     * send it again.
     */
    @Override
    public Optional<Hl7Outcome> reconcile(Hl7Send input, String key, CallContext call) {
        var message = OutgoingMessage.of(input.message(), key);
        var addressed = new Addressed(receivers.named(input.destination()), message.controlId());
        var fate = sent.find(addressed)
                .filter(known -> known.key().equals(key) && known.status() != Status.UNKNOWN)
                .orElseThrow(() -> outcomes.unknown(addressed));
        return Optional.of(fate)
                .filter(known -> known.status() == Status.ACCEPTED)
                .map(known -> outcomes.outcome(addressed, known));
    }

    /** Nothing that exists would change. */
    @Override
    public Optional<String> currentVersion(Hl7Send input, CallContext call) {
        return Optional.empty();
    }

    private ToolResult<Hl7Outcome> answered(OwnAnswer answer, Addressed message, CallContext call) {
        var said = acknowledgement(answer)
                .filter(one -> one.about().equals(message.controlId()))
                .orElseThrow(() -> PushRefusals.of(answer));
        var fate =
                new Fate(call.writeKey(), said.good() ? Status.ACCEPTED : Status.REJECTED, said.code(), said.error());
        sent.settle(message, fate);
        return said.good()
                ? new ToolResult.Ok<>(
                        outcomes.outcome(message, fate),
                        server.provenance(null),
                        said.isOnlyOfReceipt() ? List.of(ONLY_RECEIVED) : List.of())
                : said.refusal().result();
    }

    /** An OperationOutcome that all is well is none: Medplum gives it before it knows anything. */
    private static Optional<Acknowledgement> acknowledgement(OwnAnswer answer) {
        if (!answer.good() || !answer.content().type().equals(Er7.TYPE)) {
            return Optional.empty();
        }
        try {
            return Acknowledgement.of(Er7.read(PlainJson.text(answer)));
        } catch (Er7.Malformed e) {
            return Optional.empty(); // whatever that is, it says nothing of the message
        }
    }

    /** Ends a little before the call does, so that Medplum's own answer is still heard. */
    private Duration wait(AgentSettings settings, CallContext call) {
        var asked = settings.longestWait() == null ? AgentSettings.LONGEST : settings.longestWait();
        var wait = Stream.of(
                        asked,
                        longestWait.minus(SPARE),
                        call.remaining(server.clock()).minus(SPARE))
                .min(Duration::compareTo)
                .orElse(asked);
        if (wait.compareTo(SHORTEST) < 0) {
            throw new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE,
                    "There was too little time left to wait for an acknowledgement; nothing was sent.",
                    "Try again; ask the hub's operator for a longer time limit where it stays so.");
        }
        return wait;
    }

    private EhrFailure again(Addressed message, Fate earlier) {
        return earlier.status() == Status.ACCEPTED
                ? new EhrFailure(
                        ErrorCode.CONFLICT,
                        "This receiver has acknowledged a message with this MSH-10 already; nothing was sent.",
                        "If this is another message, leave its MSH-10 empty. hl7v2.status knows the earlier one: "
                                + receivers.reference(message) + ".")
                : outcomes.unknown(message);
    }
}
