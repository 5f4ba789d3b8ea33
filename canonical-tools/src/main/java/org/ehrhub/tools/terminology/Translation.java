package org.ehrhub.tools.terminology;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** What a code corresponds to. */
@Group
public record Translation(
        @Describe("Whether there is a match.") boolean found,
        @Describe("The matches.") List<Match> matches) {

    /** One match. */
    @Group
    public record Match(
            @Describe("The code, system|code.") String code,
            @Describe("Its words.") @Nullable String display,

            @Describe("equivalent, wider, narrower, inexact, relatedto, unmatched and the like.") @Nullable
            String equivalence,

            @Describe("The map it is from, a canonical URL.") @Nullable
            String source) {}
}
