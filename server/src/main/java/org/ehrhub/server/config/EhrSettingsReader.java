package org.ehrhub.server.config;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrAdapterFactory;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code ehrs}: finds the adapter its {@code type} names and binds the other keys to its record. */
final class EhrSettingsReader implements ValueReader<EhrSettings> {
    private static final String LIMITS = "limits";
    private static final Pattern EHR_NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Map<String, EhrAdapterFactory<?>> factories = new TreeMap<>();
    private final ValueReaders readers;
    private final boolean sandboxPresent;

    EhrSettingsReader(
            Iterable<? extends EhrAdapterFactory<?>> factories, ValueReaders readers, boolean sandboxPresent) {
        factories.forEach(factory -> this.factories.put(factory.type(), factory));
        this.readers = readers;
        this.sandboxPresent = sandboxPresent;
    }

    @Override
    public @Nullable EhrSettings read(YamlValue value, Problems problems) {
        if (!(value instanceof YamlValue.Keys keys)) {
            problems.add(value.place(), "must be a group of keys: type and the settings of that kind of EHR");
            return null;
        }
        var name = value.place().key().substring(value.place().key().lastIndexOf('.') + 1);
        if (!EHR_NAME.matcher(name).matches()) {
            problems.add(
                    value.place(),
                    "is no name for an EHR; start with a letter and use at most 32 of lower-case letters, digits and -");
        }
        var factory = factory(keys, problems);
        if (factory == null) {
            return null;
        }
        var settings = new EhrSettings(factory, keys.without("type").without(LIMITS), limits(keys, problems), readers);
        settings.check(problems, sandboxPresent);
        return settings;
    }

    /** What every kind of EHR has beside its type. */
    private record OfAnyKind(LimitSettings.@Nullable OwnOfEhr limits) {}

    private LimitSettings.OwnOfEhr limits(YamlValue.Keys keys, Problems problems) {
        var given = keys.entries().get(LIMITS);
        var own = new YamlValue.Keys(keys.place(), given == null ? Map.of() : Map.of(LIMITS, given));
        var bound = new RecordBinder(readers, problems).bind(OfAnyKind.class, own);
        return bound == null
                ? LimitSettings.OwnOfEhr.NONE
                : requireNonNullElse(bound.limits(), LimitSettings.OwnOfEhr.NONE);
    }

    private @Nullable EhrAdapterFactory<?> factory(YamlValue.Keys keys, Problems problems) {
        var type = keys.entries().get("type");
        if (!(type instanceof YamlValue.Scalar(var place, var text))) {
            var at = type == null ? keys.place().child("type", keys.place().line()) : type.place();
            problems.add(at, "is missing; say which kind of EHR: " + String.join(", ", factories.keySet()));
            return null;
        }
        var factory = factories.get(text);
        if (factory == null) {
            problems.add(place, "is no kind of EHR; " + Spelling.suggest(text, factories.keySet()));
        }
        return factory;
    }
}
