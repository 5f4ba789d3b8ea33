package org.ehrhub.tools.patients;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.Describe;
import org.jspecify.annotations.Nullable;

/** A postal address (FHIR R4 Address). */
public record Address(
        @Describe("Street lines.") List<String> lines,
        @Describe("City.") @Nullable String city,
        @Describe("State, county or province.") @Nullable String state,
        @Describe("Postal code.") @Nullable String postalCode,
        @Describe("Country.") @Nullable String country,

        @Describe("home, work, temp, old or billing.") @Nullable
        String use) {
    /** Takes a copy. */
    public Address {
        lines = List.copyOf(lines);
    }

    /** All of it on one line. */
    String line() {
        var place = Stream.of(state, postalCode).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return Stream.concat(lines.stream(), Stream.of(city, place, country))
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(", "));
    }
}
