package org.ehrhub.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a YAML file with the line of every value; refuses what would be read in two ways: a key twice, an alias. */
final class YamlFile {
    private final Problems problems;
    private final YAMLParser parser;

    private YamlFile(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** The keys of a file; without any when it cannot be read, which is then one of the problems. */
    static YamlValue.Keys read(Path file, Problems problems) {
        var top = new Place(shown(file), 1, "");
        try {
            return parse(Files.readString(file), top, problems);
        } catch (IOException e) {
            problems.add(top, "cannot be read; check that the file exists, is UTF-8 and may be read");
            return new YamlValue.Keys(top, Map.of());
        }
    }

    private static String shown(Path file) {
        var here = Path.of("").toAbsolutePath();
        var whole = file.toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : whole).toString();
    }

    private static YamlValue.Keys parse(String text, Place top, Problems problems) {
        var nothing = new YamlValue.Keys(top, Map.of());
        try (var parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return nothing;
            }
            var value = new YamlFile(parser, problems).value(top);
            if (parser.nextToken() != null) {
                problems.add(top, "holds more than one document; keep one, without --- in between");
            }
            if (value instanceof YamlValue.Keys keys) {
                return keys;
            }
            problems.add(top, "must hold keys and values");
            return nothing;
        } catch (JacksonException e) {
            // The parser's words quote the file, which may hold a secret.
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            problems.add(
                    new Place(top.file(), line, ""),
                    "is not well-formed YAML at or before this line; check indentation, colons and quotes");
            return nothing;
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private YamlValue value(Place place) {
        if (parser.isCurrentAlias()) {
            problems.add(place, "is an alias (*name); write the value itself");
            return new YamlValue.Empty(place);
        }
        return switch (parser.currentToken()) {
            case JsonToken.START_OBJECT -> new YamlValue.Keys(place, entries(place));
            case JsonToken.START_ARRAY -> new YamlValue.Items(place, items(place));
            case JsonToken.VALUE_NULL -> new YamlValue.Empty(place);
            default -> new YamlValue.Scalar(place, parser.getString());
        };
    }

    private Map<String, YamlValue> entries(Place parent) {
        var entries = new LinkedHashMap<String, YamlValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var place = parent.child(name, line());
            parser.nextToken();
            if (entries.put(name, value(place)) != null) {
                problems.add(place, "stands here a second time; keep one");
            }
        }
        return entries;
    }

    private List<YamlValue> items(Place parent) {
        var items = new ArrayList<YamlValue>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parent.item(items.size(), line())));
        }
        return items;
    }
}
