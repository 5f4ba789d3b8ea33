package org.ehrhub.medplum.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the hub reads of the server's answer to the question who it is. That answer holds the secret of the hub's own
 * ClientApplication as well, so it is read token by token, and nothing is made of what is not named here.
 *
 * @param id of the hub's project; empty where it is not said
 * @param features of the project; empty too where there is no word of them, as from older servers
 * @param shown what its access policy lets it see
 */
record ProjectFacts(String id, Set<String> features, Shown shown) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Takes a copy. */
    ProjectFacts {
        features = Set.copyOf(features);
    }

    /**
     * What an answer says.
     *
     * @return empty where it says nothing of a project
     * @throws IOException when it is no JSON; holds nothing of it
     */
    static Optional<ProjectFacts> read(byte[] answer) throws IOException {
        Optional<ProjectFacts> project = Optional.empty();
        var rules = new ArrayList<Shown.Rule>();
        try (var parser = JSON.createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "project" -> project = Optional.of(project(parser));
                    case "accessPolicy" -> rules.addAll(rules(parser));
                    default -> parser.skipChildren();
                }
            }
        }
        return project.map(named -> new ProjectFacts(named.id(), named.features(), new Shown(rules)));
    }

    /** The same with the features that a Project has, which may hold secrets, too; those known where it is none. */
    ProjectFacts of(byte[] project) throws IOException {
        try (var parser = JSON.createParser(project)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? new ProjectFacts(id, project(parser).features(), shown)
                    : this;
        }
    }

    private static ProjectFacts project(JsonParser parser) throws IOException {
        var id = "";
        var features = new HashSet<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("id")) {
                id = parser.getValueAsString("");
            } else if (name.equals("features") && token == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    features.add(parser.getText());
                }
            } else {
                parser.skipChildren();
            }
        }
        return new ProjectFacts(id, features, new Shown(List.of()));
    }

    private static List<Shown.Rule> rules(JsonParser parser) throws IOException {
        var rules = new ArrayList<Shown.Rule>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = parser.currentName().equals("resource");
            boolean several = parser.nextToken() == JsonToken.START_ARRAY;
            if (!named || !several) {
                parser.skipChildren();
                continue;
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                rules.add(rule(parser));
            }
        }
        return rules;
    }

    private static Shown.Rule rule(JsonParser parser) throws IOException {
        var type = "";
        boolean some = false;
        boolean partly = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "resourceType" -> type = parser.getValueAsString("");
                case "criteria" -> some = !parser.getValueAsString("").matches("[A-Za-z*]*\\??");
                case "hiddenFields" -> {
                    partly = true;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
        return new Shown.Rule(type, some, partly);
    }
}
