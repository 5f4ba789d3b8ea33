package org.ehrhub.fhir.resources;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;

/**
 * GraphQL (FHIR R4, GraphQL): queries of the settings, with the caller's variables. What comes back has no records, so no
 * labels: it is shown only to who may see whatever is sensitive, and as of the patient whom it was asked about.
 */
final class GraphReading {
    private static final String JSON_TYPE = "application/json";
    private static final Pattern SIGNED = Pattern.compile("[a-z]+://[^\\s?]+\\?\\S*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9.-]{1,64}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final FhirServer server;
    private final StoredQueries stored;
    private final OwnReferences own;

    GraphReading(FhirServer server, StoredQueries stored) {
        this.server = server;
        this.stored = stored;
        this.own = new OwnReferences(server, "path");
    }

    /** What a stored query answers with; what is refused is refused before anything is sent. */
    ToolResult<Page<FhirResource>> read(FhirQuery input, CallContext call) {
        var query = stored.find(input.path())
                .orElseThrow(() -> Refused.path(
                        "asks in GraphQL for something else than a query that the hub's settings hold.",
                        "Queries of this EHR: " + stored.words() + "; pass variables as name=value."));
        Querying.mustBegin(call);
        var variables = variables(query, input.path());
        var patient = new Reference(
                server.ehr(), "Patient", variables.get(GraphQuery.PATIENT).textValue());
        var body = JSON.createObjectNode().put("query", query.text()).set("variables", variables);
        // A question, although GraphQL is asked by POST: nothing is done twice when it is sent again.
        var request = new OwnRequest(
                "POST",
                URI.create(server.base() + "/$graphql"),
                JSON_TYPE,
                Map.of(),
                new OwnRequest.Body(JSON_TYPE, body.toString()),
                false);
        call.sensitive().noteAll(Set.of(Sensitivity.values()));
        return shown(answer(server.ask(request, call)), patient);
    }

    private ObjectNode variables(GraphQuery query, String path) {
        var variables = JSON.createObjectNode();
        var given = new HashSet<String>();
        var halves = path.split("\\?", 2);
        for (var pair : halves.length == 1 ? new String[0] : halves[1].split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = pair.substring(0, Math.max(equals, 0));
            var variable = query.variables().get(name);
            if (variable == null || !given.add(name)) {
                throw Refused.path(
                        "gives a variable that this query does not take, or gives it twice.",
                        "It takes: " + words(query) + ".");
            }
            put(variables, name, variable.type(), OperationPath.value(pair.substring(equals + 1)));
        }
        if (!query.variables().entrySet().stream()
                .allMatch(each -> !each.getValue().required() || given.contains(each.getKey()))) {
            throw Refused.path("leaves out a variable that this query needs.", "It takes: " + words(query) + ".");
        }
        return variables;
    }

    private void put(ObjectNode variables, String name, String type, String value) {
        switch (type) {
            case "ID" -> variables.put(name, id(name, value));
            case "Int" -> variables.put(name, Integer.parseInt(fitting(WHOLE, value)));
            case "Boolean" -> variables.put(name, Boolean.parseBoolean(fitting(Pattern.compile("true|false"), value)));
            default -> variables.put(name, value);
        }
    }

    private String id(String name, String value) {
        var plain = own.inParameter(value);
        return fitting(ID, name.equals(GraphQuery.PATIENT) ? plain.replaceFirst("^Patient/", "") : plain);
    }

    private static String fitting(Pattern form, String value) {
        if (!form.matcher(value).matches()) {
            throw Refused.path(
                    "holds a value that this variable does not take.",
                    "Give an id where ID is asked for, a whole number for Int, true or false for Boolean.");
        }
        return value;
    }

    private static String words(GraphQuery query) {
        return String.join(
                ", ",
                query.variables().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> each.getKey() + " (" + each.getValue().type()
                                + (each.getValue().required() ? ", needed)" : ")"))
                        .toList());
    }

    private static JsonNode answer(OwnAnswer answer) {
        if (!answer.good()) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The EHR does not take this query.",
                    "Ask the hub's operator to check it against this EHR's GraphQL.");
        }
        try {
            return JSON.readTree(answer.content().bytes());
        } catch (IOException e) {
            throw strange();
        }
    }

    private ToolResult<Page<FhirResource>> shown(JsonNode answer, Reference patient) {
        var data = answer.path("data");
        if (!(data instanceof ObjectNode found)) {
            throw strange();
        }
        var warnings = new ArrayList<String>();
        boolean partly = !answer.path("errors").isEmpty();
        if (partly && found.valueStream().allMatch(JsonNode::isNull)) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "The EHR gave nothing for this query.",
                    "Check the patient; a record that the hub may not read is answered alike.");
        }
        if (partly) {
            warnings.add("The EHR answered parts of the query only.");
        }
        int addresses = withoutSigned(found);
        if (addresses > 0) {
            warnings.add("Left out: " + (addresses == 1 ? "1 address" : addresses + " addresses")
                    + " by which anybody could fetch a document.");
        }
        var row = new FhirResource(null, null, new FhirJson(found.toString()), patient);
        return new ToolResult.Ok<>(new Page<>(List.of(row), 1L, null, warnings, partly), server.provenance(null));
    }

    /** Takes out what is an address with a query, and says how many there were. */
    private static int withoutSigned(JsonNode node) {
        int found = 0;
        switch (node) {
            case ObjectNode object -> {
                int before = object.size();
                object.removeIf(GraphReading::isSigned);
                found = before - object.size();
            }
            case ArrayNode array -> {
                int before = array.size();
                array.removeIf(GraphReading::isSigned);
                found = before - array.size();
            }
            default -> {}
        }
        for (var each : node) {
            found += withoutSigned(each);
        }
        return found;
    }

    private static boolean isSigned(JsonNode node) {
        return node.isTextual() && SIGNED.matcher(node.textValue()).matches();
    }

    private static EhrFailure strange() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "The EHR answered with something that is not GraphQL.",
                "Try again later; if it stays so, ask the hub's operator to check this EHR.");
    }
}
