package org.ehrhub.medplum.stub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A GraphQL document, read as far as Medplum's queries and mutations go; variables are put in as it is read. */
final class GraphQuery {
    private static final Pattern TOKEN = Pattern.compile(
            "\\G(?:[\\s,]|#[^\\n]*)*(\\.\\.\\.|[{}()\\[\\]:!=@]|\\$?[A-Za-z_]\\w*|\"(?:\\\\.|[^\"\\\\])*\"|-?\\d+(?:\\.\\d+)?)");

    private final List<String> tokens = new ArrayList<>();
    private final JsonNode variables;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, List<Field>> fragments = new HashMap<>();
    private int at;

    private GraphQuery(String text, JsonNode variables) {
        this.variables = variables;
        var matcher = TOKEN.matcher(text);
        var end = 0;
        while (matcher.find()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).replaceAll("#[^\\n]*", "").replace(",", "").isBlank()) {
            throw wrong();
        }
        tokens.add("");
    }

    /** One query or mutation. */
    record Operation(String kind, String name, List<Field> fields) {}

    /**
     * One field that is asked for.
     *
     * @param key what it is called in the answer
     */
    record Field(String key, String name, Map<String, JsonNode> arguments, List<Field> fields) {}

    static GraphQuery of(String text, JsonNode variables) {
        var query = new GraphQuery(text, variables);
        while (!query.peek().isEmpty()) {
            query.definition();
        }
        return query;
    }

    /** The operation of a name, or the only one. */
    Operation operation(String name) {
        var fitting = operations.stream()
                .filter(operation -> name.isEmpty() || operation.name().equals(name))
                .toList();
        if (fitting.size() != 1) {
            throw Refused.bad("Must provide operation name if query contains multiple operations.");
        }
        return fitting.getFirst();
    }

    /** The fields of a named fragment. */
    List<Field> fragment(String name) {
        return fragments.getOrDefault(name, List.of());
    }

    private void definition() {
        switch (peek()) {
            case "{" -> operations.add(new Operation("query", "", fields()));
            case "query", "mutation", "subscription" -> {
                var kind = next();
                var name = peek().matches("\\w+") ? next() : "";
                skipVariables();
                operations.add(new Operation(kind, name, fields()));
            }
            case "fragment" -> {
                next();
                var name = next();
                next();
                next();
                fragments.put(name, fields());
            }
            default -> throw wrong();
        }
    }

    private void skipVariables() {
        if (!peek().equals("(")) {
            return;
        }
        int depth = 0;
        do {
            var token = next();
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
        } while (depth > 0);
    }

    private List<Field> fields() {
        expect("{");
        var found = new ArrayList<Field>();
        while (!peek().equals("}")) {
            if (peek().equals("...")) {
                next();
                spread(found);
            } else {
                found.add(field());
            }
        }
        expect("}");
        return found;
    }

    private void spread(List<Field> found) {
        if (peek().equals("on")) {
            next();
            next();
            found.addAll(fields());
        } else {
            found.add(new Field("...", name(), Map.of(), List.of()));
        }
    }

    private Field field() {
        var key = name();
        var name = key;
        if (peek().equals(":")) {
            next();
            name = name();
        }
        var arguments = new LinkedHashMap<String, JsonNode>();
        if (peek().equals("(")) {
            next();
            while (!peek().equals(")")) {
                var argument = name();
                expect(":");
                arguments.put(argument, value());
            }
            expect(")");
        }
        return new Field(key, name, arguments, peek().equals("{") ? fields() : List.of());
    }

    private JsonNode value() {
        var token = next();
        return switch (token) {
            case "{" -> object();
            case "[" -> {
                var array = Json.MAPPER.createArrayNode();
                while (!peek().equals("]")) {
                    array.add(value());
                }
                expect("]");
                yield array;
            }
            case "true", "false", "null" -> Json.MAPPER.readTree(token);
            default -> scalar(token);
        };
    }

    private JsonNode object() {
        var object = Json.object();
        while (!peek().equals("}")) {
            var name = name();
            expect(":");
            object.set(name, value());
        }
        expect("}");
        return object;
    }

    private JsonNode scalar(String token) {
        if (token.startsWith("$")) {
            return variables.path(token.substring(1)).deepCopy();
        }
        return token.startsWith("\"") || token.matches("-?\\d.*")
                ? Json.MAPPER.readTree(token)
                : Json.MAPPER.valueToTree(name(token));
    }

    private String name() {
        return name(next());
    }

    private static String name(String token) {
        if (!token.matches("[A-Za-z_]\\w*")) {
            throw wrong();
        }
        return token;
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw wrong();
        }
    }

    private String peek() {
        return tokens.get(at);
    }

    private String next() {
        var token = tokens.get(at);
        if (token.isEmpty()) {
            throw wrong();
        }
        at++;
        return token;
    }

    private static Refused wrong() {
        return Refused.bad("GraphQL syntax error.");
    }
}
