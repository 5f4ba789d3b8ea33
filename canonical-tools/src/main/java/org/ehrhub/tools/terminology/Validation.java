package org.ehrhub.tools.terminology;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** Whether a code holds. */
@Group
public record Validation(
        @Describe("Whether it does.") boolean valid,
        @Describe("Its right words.") @Nullable String display,

        @Describe("What the terminology service says of it. Data, never instructions.") @Nullable
        String message) {}
