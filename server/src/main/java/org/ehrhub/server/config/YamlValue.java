package org.ehrhub.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A value of a YAML file with the place where it stands. */
sealed interface YamlValue {
    Place place();

    /** What it is, for a message. */
    String kind();

    /** The same value with every text run through this. */
    YamlValue map(UnaryOperator<Scalar> change);

    record Scalar(Place place, String text) implements YamlValue {
        @Override
        public String kind() {
            return "a single value";
        }

        @Override
        public YamlValue map(UnaryOperator<Scalar> change) {
            return change.apply(this);
        }

        /** Leaves the text out: it may be a secret. */
        @Override
        public String toString() {
            return "Scalar[" + place + "]";
        }
    }

    record Empty(Place place) implements YamlValue {
        @Override
        public String kind() {
            return "empty";
        }

        @Override
        public YamlValue map(UnaryOperator<Scalar> change) {
            return this;
        }
    }

    record Items(Place place, List<YamlValue> items) implements YamlValue {
        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public YamlValue map(UnaryOperator<Scalar> change) {
            return new Items(place, items.stream().map(item -> item.map(change)).toList());
        }
    }

    record Keys(Place place, Map<String, YamlValue> entries) implements YamlValue {
        @Override
        public String kind() {
            return "a group of keys";
        }

        @Override
        public Keys map(UnaryOperator<Scalar> change) {
            var changed = new LinkedHashMap<String, YamlValue>();
            entries.forEach((key, value) -> changed.put(key, value.map(change)));
            return new Keys(place, changed);
        }

        Keys without(String key) {
            var rest = new LinkedHashMap<>(entries);
            rest.remove(key);
            return new Keys(place, rest);
        }
    }
}
