package org.ehrhub.medplum.stub;

import java.util.List;

/** The operations of 5.1.12 that the stub has; every other one is not found, as {@code Claim/$submit} is not there either. */
final class Operations {
    private final Desks desks;

    Operations(Desks desks) {
        this.desks = desks;
    }

    /** Who does them. */
    record Desks(
            FindDesk find,
            BookDesk book,
            BotDesk bots,
            AgentDesk agents,
            Terminology terminology,
            PatientDesk patients,
            GraphQl graphQl,
            Bundles bundles,
            Writing writing,
            Storage storage) {}

    Said bundle(Call call) {
        return desks.bundles().answer(call);
    }

    Said answer(Call call, List<String> segments, String operation) {
        return switch (segments.indexOf(operation)) {
            case 0 -> system(call, operation);
            case 1 -> ofType(call, segments.getFirst(), operation);
            case 2 -> onOne(call, segments.getFirst(), segments.get(1), operation);
            default -> throw Refused.notFound();
        };
    }

    private Said system(Call call, String operation) {
        if (operation.equals("$graphql") && call.asked().method().equals("POST")) {
            return desks.graphQl().answer(call);
        }
        call.charge(Searches.SEARCH);
        return desks.bots()
                .behind(operation.substring(1))
                .map(bot -> desks.bots().execute(call, bot))
                .orElseThrow(Refused::notFound);
    }

    private Said ofType(Call call, String type, String operation) {
        return switch (type + "/" + operation) {
            case "Appointment/$find" -> desks.find().proposals(call);
            case "Appointment/$book" -> desks.book().book(call);
            case "Appointment/$hold" -> desks.book().hold(call);
            case "Bot/$execute" -> desks.bots().executeByIdentifier(call);
            case "Bot/$init" -> desks.bots().init(call);
            case "Agent/$push" -> desks.agents().push(call, "");
            case "Agent/$status" -> desks.agents().status(call, "");
            case "Agent/$bulk-status" -> desks.agents().bulkStatus(call);
            case "ValueSet/$expand" -> desks.terminology().expand(call);
            case "ValueSet/$validate-code" -> desks.terminology().validateInSet(call);
            case "CodeSystem/$lookup" -> desks.terminology().lookup(call);
            case "CodeSystem/$validate-code" -> desks.terminology().validateInSystem(call);
            case "ConceptMap/$translate" -> desks.terminology().translate(call);
            default -> other(call, type, operation);
        };
    }

    private Said other(Call call, String type, String operation) {
        if (operation.equals("$validate")) {
            return desks.writing().validate(call, type);
        }
        call.charge(Searches.SEARCH);
        throw Refused.notFound();
    }

    private Said onOne(Call call, String type, String id, String operation) {
        return switch (type + "/" + operation) {
            case "Schedule/$find" -> desks.find().onSchedule(call, id);
            case "Appointment/$cancel" -> desks.book().cancel(call, id);
            case "Bot/$execute" -> desks.bots().execute(call, id);
            case "Bot/$deploy" -> desks.bots().deploy(call, id);
            case "Agent/$push" -> desks.agents().push(call, id);
            case "Agent/$status" -> desks.agents().status(call, id);
            case "Agent/$stats" -> desks.agents().live(call, id, "stats");
            case "Agent/$fetch-logs" -> desks.agents().live(call, id, "logs");
            case "Patient/$everything" -> desks.patients().everything(call, id);
            case "Patient/$summary" -> desks.patients().summary(call, id);
            case "Binary/$presigned-url" ->
                Said.fhir(
                        200,
                        Json.parameters(Json.parameter("url")
                                .put("valueUri", desks.storage().address(id))));
            default -> other(call, type, operation);
        };
    }
}
