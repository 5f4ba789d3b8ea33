package org.ehrhub.medplum.client;

import java.util.List;

/**
 * What the access policy of the hub's login leaves out of answers without a word, as far as it can be told.
 *
 * @param rules in no order; a record is shown where any of them lets it be
 */
record Shown(List<Rule> rules) {
    private static final String ANY = "*";

    /** Takes a copy. */
    Shown {
        rules = List.copyOf(rules);
    }

    /**
     * One rule of a policy.
     *
     * @param type of the records, or {@code *}
     * @param some whether it is for some of them only
     * @param partly whether it hides elements of them
     */
    record Rule(String type, boolean some, boolean partly) {}

    /** What must be said of a list of a type. */
    List<String> remarks(String type) {
        var own = rules.stream()
                .filter(rule -> rule.type().equals(type) || rule.type().equals(ANY))
                .toList();
        if (own.isEmpty()) {
            return List.of();
        }
        if (own.stream().allMatch(Rule::some)) {
            return List.of(
                    "The EHR's access policy shows the hub some of these records only; others are left out unsaid.");
        }
        return own.stream().allMatch(Rule::partly)
                ? List.of("The EHR's access policy hides parts of these records from the hub.")
                : List.of();
    }
}
