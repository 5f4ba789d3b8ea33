package org.ehrhub.routes.approvals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.routes.approvals.Preview.Line;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.patients.PatientUpdate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of a call, each under its name, down to the last text in them; and beside what would change, what stands there
 * now.
 */
final class Changes {
    private static final Set<String> NOT_WRITTEN = Set.of("idempotencyKey", "approvalId");

    private final CanonicalJson json;
    private final List<Line> lines = new ArrayList<>();
    private @Nullable ObjectNode now;
    private boolean hides;

    private Changes(CanonicalJson json) {
        this.json = json;
    }

    static Changes of(CanonicalJson json, Record input, ChartFacts facts) {
        var changes = new Changes(json);
        changes.now = input instanceof PatientUpdate ? changes.now(facts) : null;
        var slots = Arrays.stream(input.getClass().getRecordComponents())
                .filter(component -> component.getType() == SlotRef.class)
                .map(java.lang.reflect.RecordComponent::getName)
                .collect(Collectors.toSet());
        changes.tree(input).properties().stream()
                .filter(argument -> !argument.getValue().isNull() && !NOT_WRITTEN.contains(argument.getKey()))
                .forEach(argument -> changes.add(
                        label(argument.getKey()),
                        slots.contains(argument.getKey()) ? changes.offer(argument.getValue()) : argument.getValue(),
                        argument.getKey()));
        return changes;
    }

    List<Line> lines() {
        return lines;
    }

    /** Whether some of the text cannot be seen, and is spelled out. */
    boolean hides() {
        return hides;
    }

    private ObjectNode tree(Record record) {
        return (ObjectNode) json.exact(record);
    }

    /** What the record holds of what may be changed. */
    private @Nullable ObjectNode now(ChartFacts facts) {
        var patient = facts.patient();
        if (patient == null) {
            return null;
        }
        var now = tree(patient.brief());
        now.remove("patient");
        var details = patient.details();
        if (details != null) {
            now.put("family", details.family());
            now.put("given", String.join(", ", details.given()));
        }
        return now;
    }

    /** What a time was offered as; its adapter wrote that, and the hub sealed it. */
    private JsonNode offer(JsonNode slot) {
        var content = slot.path("content");
        try {
            var offered = json.wire().readTree(content.asString(""));
            return offered.isObject() ? offered : content;
        } catch (JacksonException e) {
            return content;
        }
    }

    private void add(String label, JsonNode value, @Nullable String changing) {
        switch (value) {
            case ObjectNode object
            when !object.isEmpty() -> {
                var before = was(changing);
                if (before != null) {
                    lines.add(new Line(seen(label) + ", as it is now", before));
                }
                object.properties().stream()
                        .filter(one -> !one.getValue().isNull())
                        .forEach(one -> add(label + ", " + label(one.getKey()), one.getValue(), null));
            }
            case ArrayNode list
            when !list.isEmpty() -> {
                for (var i = 0; i < list.size(); i++) {
                    add(list.size() == 1 ? label : label + " " + (i + 1), list.get(i), i == 0 ? changing : null);
                }
            }
            default -> lines.add(new Line(seen(label), seen(text(value)), was(changing)));
        }
    }

    private @Nullable String was(@Nullable String changing) {
        if (changing == null || now == null || changing.equals("patient") || changing.equals("version")) {
            return null;
        }
        var before = text(now.path(changing));
        return before.isEmpty() ? "nothing" : seen(before);
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? value.isEmpty() ? "none" : value.toString() : value.asString("");
    }

    private String seen(String text) {
        hides |= VisibleText.hides(text);
        return VisibleText.of(text);
    }

    /** {@code birthDate}: Birth date. */
    private static String label(String name) {
        var words = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
