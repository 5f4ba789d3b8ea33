package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.medplum.agents.PlainJson;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/**
 * Makes bots as members of their projects, which only an administrator of the project may: one that is merely created would run
 * with the rights of whoever runs it.
 */
final class BotMaking {
    private static final String FHIR = "application/fhir+json";

    private final FhirServer server;

    BotMaking(FhirServer server) {
        this.server = server;
    }

    /**
     * Makes a bot and gives it the identifier that it is found by.
     *
     * @throws EhrFailure when it was refused; {@code OUTCOME_UNKNOWN} where it is there and cannot be found by its identifier
     */
    FoundBot make(String name, String project, String identifier, CallContext call) {
        var wanted = PlainJson.object().put("name", name).put("description", "Deployed through EHR Hub");
        var place = URI.create(
                server.base().toString().replaceFirst("/fhir/R4$", "") + "/admin/projects/" + project + "/bot");
        var made = server.ask(
                OwnRequest.act(place, PlainJson.TYPE, new OwnRequest.Body(PlainJson.TYPE, wanted.toString())), call);
        if (!made.good()) {
            throw new EhrFailure(
                    ErrorCode.REJECTED_BY_EHR,
                    "The EHR refused to make the bot; nothing was made.",
                    "Ask the hub's operator to check `project` of this bot.");
        }
        if (!(PlainJson.read(made) instanceof ObjectNode bot)) {
            throw FhirServer.unclear();
        }
        var found = BotDesk.found(bot).orElseThrow(FhirServer::unclear);
        var parts = identifier.split("\\|", 2);
        bot.putArray("identifier").addObject().put("system", parts[0]).put("value", parts[1]);
        var update = new OwnRequest(
                "PUT",
                URI.create(server.base() + "/Bot/" + found.id()),
                FHIR,
                Map.of("If-Match", "W/\"" + found.version() + "\""),
                new OwnRequest.Body(FHIR, bot.toString()),
                true);
        if (!server.ask(update, call).good()) {
            throw FhirServer.unclear();
        }
        return found;
    }
}
