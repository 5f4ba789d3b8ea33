package org.ehrhub.medplum.agents;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.medplum.agents.SentMessages.Status;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.ehrhub.tools.hl7v2.Hl7Status;
import org.jspecify.annotations.Nullable;

/**
 * {@code hl7v2.status}: what this process knows of a message, since Medplum keeps nothing of it, and whether the Agent on the way
 * to its receiver is connected.
 */
final class MessageFollowing implements ToolHandler<Hl7Status, Hl7Outcome> {
    private static final String NOT_KNOWN =
            "What became of the message is not known here: the EHR keeps nothing of it, and the hub's own memory of it ends"
                    + " with its process. Only the receiver can tell.";
    private static final String NO_LINK = "Whether the way to the receiver is open could not be asked just now.";

    private final FhirServer server;
    private final Receivers receivers;
    private final SentMessages sent;
    private final AgentDesk desk;
    private final Outcomes outcomes;

    MessageFollowing(FhirServer server, Receivers receivers, SentMessages sent) {
        this.server = server;
        this.receivers = receivers;
        this.sent = sent;
        this.desk = new AgentDesk(server);
        this.outcomes = new Outcomes(receivers);
    }

    @Override
    public ToolResult<Hl7Outcome> handle(Hl7Status input, CallContext call) {
        var message = receivers.of(input.message());
        var link = link(message.receiver().settings(), call);
        var fate = sent.find(message);
        var warnings = new ArrayList<String>();
        if (fate.isEmpty() || fate.get().status() == Status.UNKNOWN) {
            warnings.add(NOT_KNOWN);
        }
        if (link == null) {
            warnings.add(NO_LINK);
        }
        var outcome = fate.map(known -> outcomes.outcome(message, known, link))
                .orElseGet(() -> outcomes.untold(message, link));
        return new ToolResult.Ok<>(outcome, server.provenance(null), List.copyOf(warnings));
    }

    /** None where the EHR does not answer: what the hub itself knows of the message is told all the same. */
    private @Nullable String link(AgentSettings receiver, CallContext call) {
        try {
            return desk.link(receiver, call);
        } catch (EhrFailure e) {
            return null;
        }
    }
}
