package org.ehrhub.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.ehrhub.adapters.ByteSize;
import org.ehrhub.adapters.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The readers of single values, by the type of the record component they fill. */
final class ValueReaders {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final Map<Class<?>, ValueReader<?>> byType = new HashMap<>();

    /** The usual readers; relative paths are taken from this folder. */
    ValueReaders(Path folder, UnaryOperator<@Nullable String> environment) {
        add(String.class, ValueReader.ofText("a text", text -> text));
        ValueReader<Integer> integer = ValueReader.ofText("a whole number", Integer::valueOf);
        add(Integer.class, integer);
        add(int.class, integer);
        ValueReader<Long> longInteger = ValueReader.ofText("a whole number", Long::valueOf);
        add(Long.class, longInteger);
        add(long.class, longInteger);
        ValueReader<Boolean> truth = ValueReader.ofText("true or false", ValueReaders::truth);
        add(Boolean.class, truth);
        add(boolean.class, truth);
        add(URI.class, ValueReader.ofText("an address such as https://ehr.example/fhir", ValueReaders::address));
        add(Duration.class, ValueReader.ofText("a time such as 500ms, 10s or 2m", ValueReaders::duration));
        add(DataSize.class, ValueReader.ofText("a size such as 512KB or 1MB", DataSize::parse));
        add(ByteSize.class, ValueReader.ofText("a size such as 512KB or 1MB", ByteSize::parse));
        add(ZoneId.class, ValueReader.ofText("a time zone such as Europe/London", ZoneId::of));
        add(
                Path.class,
                ValueReader.ofText("a path", text -> folder.resolve(text).normalize()));
        add(Secret.class, new SecretReader(folder, environment));
    }

    <T> ValueReaders add(Class<T> type, ValueReader<? extends T> reader) {
        byType.put(type, reader);
        return this;
    }

    Optional<ValueReader<?>> find(Class<?> type) {
        return Optional.ofNullable(byType.get(type));
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static URI address(String text) {
        var uri = URI.create(text);
        if (uri.getScheme() == null) {
            throw new IllegalArgumentException();
        }
        return uri;
    }

    private static Duration duration(String text) {
        var parts = SHORT_DURATION.matcher(text);
        if (!parts.matches()) {
            return Duration.parse(text);
        }
        var amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
