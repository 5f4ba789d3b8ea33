package org.ehrhub.sandbox.people;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** One of the generator's word lists, a UTF-8 properties file beside this class. */
final class WordList {
    private final Properties words;

    private WordList(Properties words) {
        this.words = words;
    }

    static WordList named(String file) {
        var words = new Properties();
        try (var in = Objects.requireNonNull(WordList.class.getResourceAsStream(file), file);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WordList(words);
    }

    /** The comma-separated words under one key. */
    List<String> words(String key) {
        return List.of(Objects.requireNonNull(words.getProperty(key), key).split(",", -1));
    }

    /** The fields of every line whose key starts with the prefix, in the order of the keys. */
    List<List<String>> lines(String prefix) {
        return words.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix + "."))
                .sorted()
                .map(key -> List.of(words.getProperty(key).split("\\|", -1)))
                .toList();
    }
}
