package org.ehrhub.tools.patients;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.InvalidArgument;
import org.jspecify.annotations.Nullable;

/** A postal address (FHIR R4 Address). */
@Group
public record Address(
        @Describe("Street lines.") List<String> lines,
        @Describe("City.") @Nullable String city,
        @Describe("State, county or province.") @Nullable String state,
        @Describe("Postal code.") @Nullable String postalCode,
        @Describe("Country.") @Nullable String country,

        @Describe("home, work, temp, old or billing.") @Nullable
        String use) {
    private static final int MOST_LINES = 5;
    private static final int LONGEST = 200;

    /** Takes a copy. */
    public Address {
        lines = List.copyOf(lines);
    }

    /** Checks an address that a caller gives. */
    static void check(@Nullable Address address) {
        if (address == null) {
            return;
        }
        if (address.lines.size() > MOST_LINES || address.line().isEmpty()) {
            throw new InvalidArgument("address", "must hold something, and at most " + MOST_LINES + " lines");
        }
        Stream.concat(
                        address.lines.stream(),
                        Stream.of(address.city, address.state, address.postalCode, address.country))
                .forEach(part -> Arguments.text(part, "address", LONGEST));
        Arguments.oneOf(address.use, "address", "home", "work", "temp", "old", "billing");
    }

    /** All of it on one line. */
    String line() {
        var place = Stream.of(state, postalCode).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return Stream.concat(lines.stream(), Stream.of(city, place, country))
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(", "));
    }
}
