package org.ehrhub.server.config;

/**
 * Where a value of a configuration file stands.
 *
 * @param file the file as it was named
 * @param line the line, from 1
 * @param key the path of keys, {@code ehrs.stmarys.base-url}; empty for the whole file
 */
public record Place(String file, int line, String key) {
    Place child(String name, int atLine) {
        return new Place(file, atLine, key.isEmpty() ? name : key + "." + name);
    }

    Place item(int index, int atLine) {
        return new Place(file, atLine, key + "[" + index + "]");
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + (key.isEmpty() ? "" : " " + key + ":");
    }
}
