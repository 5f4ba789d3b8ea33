package org.ehrhub.fhir.client;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a scope lets its holder do with a type, in the order in which its letters are written (SMART App Launch 2.2). */
enum Right {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    SEARCH;

    String letter() {
        return name().substring(0, 1).toLowerCase(Locale.ROOT);
    }

    boolean reads() {
        return this == READ || this == SEARCH;
    }

    /**
     * What a need takes; a list shows no less than reading its rows one by one would, and a write takes reading and searching as well, to read back what was written and to find what an
     * earlier try wrote. No scope is for operations: those that read commonly go by the rights to read.
     */
    static Set<Right> of(Needs.Need need) {
        return switch (need.word()) {
            case "read" -> EnumSet.of(READ);
            case "create" -> EnumSet.of(CREATE, READ, SEARCH);
            case "update", "patch" -> EnumSet.of(UPDATE, READ, SEARCH);
            case "delete" -> EnumSet.of(DELETE, READ, SEARCH);
            default -> EnumSet.of(READ, SEARCH);
        };
    }
}
