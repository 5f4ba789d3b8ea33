package org.ehrhub.fhir.resources;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One query in GraphQL as a site wrote it. Nothing in it is understood beyond what decides whether it may be sent: it is no
 * mutation, for a document without that word cannot be one (GraphQL October 2021, 2.3); whatever it names with a capital is
 * a type that may be shown; it has typed variables, one of which is the patient; and it asks for no narrative or bytes.
 *
 * @param text the whole document
 * @param variables what it takes, by name
 */
record GraphQuery(String text, Map<String, Variable> variables) {
    static final String PATIENT = "patient";

    private static final Pattern DOCUMENT =
            Pattern.compile("\\s*query\\s+[A-Za-z_]\\w*\\s*\\(([^()]*)\\)\\s*(\\{.*})\\s*", Pattern.DOTALL);
    private static final Pattern READABLE = Pattern.compile("[\\x20-\\x7e\\r\\n\\t]*");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$([a-z][A-Za-z0-9]{0,31})\\s*:\\s*(ID|String|Int|Boolean)(!?)[\\s,]*");
    private static final Pattern REFUSED =
            Pattern.compile("\\b(mutation|subscription|div|data)\\b|\"\"\"|[#\\\\]", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\r\\n]*\"");
    private static final Pattern TYPE = Pattern.compile("(?<![$\\w])[A-Z]\\w*");

    /** Takes a copy. */
    GraphQuery {
        variables = Map.copyOf(variables);
    }

    /**
     * What one variable is.
     *
     * @param type its scalar: ID, String, Int or Boolean
     * @param required whether it must be given
     */
    record Variable(String type, boolean required) {}

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when it may not be sent
     */
    static GraphQuery read(String text, QueryTypes types) {
        var document = DOCUMENT.matcher(text);
        if (!READABLE.matcher(text).matches()
                || !document.matches()
                || REFUSED.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "graphql must hold queries of the form query Name($patient: ID!) { ... }, in"
                            + " plain characters, without comments, mutations, subscriptions, narrative (div) and bytes (data)");
        }
        var variables = variables(document.group(1));
        if (!new Variable("ID", true).equals(variables.get(PATIENT))) {
            throw new IllegalArgumentException("graphql must hold queries about one patient, who is $patient: ID!");
        }
        var other =
                types(document.group(2)).filter(type -> !isShown(type, types)).findFirst();
        if (other.isPresent()) {
            throw new IllegalArgumentException(
                    "graphql must not name types that fhir.query does not read, as it does with " + other.get());
        }
        return new GraphQuery(text, variables);
    }

    private static Map<String, Variable> variables(String text) {
        var found = new LinkedHashMap<String, Variable>();
        var each = VARIABLE.matcher(text.strip());
        int end = 0;
        while (each.find() && each.start() == end) {
            end = each.end();
            found.put(each.group(1), new Variable(each.group(2), !each.group(3).isEmpty()));
        }
        if (end < text.strip().length()) {
            throw new IllegalArgumentException(
                    "graphql must hold queries whose variables are ID, String, Int or Boolean, without defaults");
        }
        return found;
    }

    private static Stream<String> types(String body) {
        return TYPE.matcher(TEXT.matcher(body).replaceAll("\"\"")).results().map(MatchResult::group);
    }

    /** A field that reads a type is called by it, one that searches it by it and List or Connection (FHIR R4, GraphQL). */
    private static boolean isShown(String name, QueryTypes types) {
        return types.allow(name) || types.allow(name.replaceFirst("(List|Connection)$", ""));
    }
}
