package org.ehrhub.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The records of one kind in a {@link FakeEhr}. Not safe for use by many threads on its own. */
final class FakeShelf<O extends Record> {
    private final Map<String, Held<O>> byId = new LinkedHashMap<>();

    /** A record with its version and the keys of the writes that made it what it is. */
    record Held<O extends Record>(O value, int version, List<String> keys) {
        String etag() {
            return Integer.toString(version);
        }
    }

    /** An id that no record has. */
    String free(String prefix) {
        return prefix + "-" + (byId.size() + 1);
    }

    Held<O> add(String id, O value, String key) {
        var held = new Held<>(value, 1, List.of(key));
        byId.put(id, held);
        return held;
    }

    Held<O> change(String id, UnaryOperator<O> change, String key) {
        var old = find(id).orElseThrow(FakeDesk::missing);
        var keys = new ArrayList<>(old.keys());
        keys.add(key);
        var held = new Held<>(change.apply(old.value()), old.version() + 1, List.copyOf(keys));
        byId.put(id, held);
        return held;
    }

    Optional<Held<O>> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Held<O>> under(String key) {
        return byId.values().stream().filter(held -> held.keys().contains(key)).findFirst();
    }

    List<O> all() {
        return byId.values().stream().map(Held::value).toList();
    }
}
