package org.ehrhub.tools.ehrs;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** One EHR behind the hub, as a caller may use it. */
@Group
public record Ehr(
        @Describe("Its name, the first part of every reference into it.")
        String ehr,

        @Describe("The kind of EHR, such as fhir-r4.") String type,

        @Describe(
                value = "Whether it answers just now.",
                oneOf = {"up", "down"})
        String health,

        @Describe("What is wrong, when it is down.") @Nullable
        String problem,

        @Describe("The tools you may use on it.") List<Support> tools,

        @Describe("Tools that are switched off for now, with the reason.")
        List<Withheld> withheld,

        @Describe("What holds calls back just now: failures, calls under way, what is left for today.") @Nullable
        String limits) {

    /** A tool that an EHR was expected to support and does not. */
    @Group
    public record Withheld(
            @Describe("The tool's canonical name.") String tool,
            @Describe("Why, in the hub's words.") String why) {}

    /** How one EHR supports one tool. */
    @Group
    public record Support(
            @Describe("The tool's canonical name.") String tool,
            @Describe("Finer points of support.") List<String> features) {}
}
