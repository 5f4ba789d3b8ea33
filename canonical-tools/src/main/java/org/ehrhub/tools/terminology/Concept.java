package org.ehrhub.tools.terminology;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** A concept of a code system. */
@Group
public record Concept(
        @Describe("The code, system|code.") String code,
        @Describe("Its preferred words.") @Nullable String display,

        @Describe("What the code system is called.") @Nullable
        String system,

        @Describe("The code system's version.") @Nullable String version,
        @Describe("What it means.") @Nullable String definition,
        @Describe("Other words for it.") List<String> designations) {}
