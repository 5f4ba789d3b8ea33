package org.ehrhub.tools.patients;

import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.InvalidArgument;

/** Given names as callers write them. */
final class Names {
    private static final int MOST = 10;

    private Names() {}

    static List<String> checked(List<String> given) {
        if (given.size() > MOST) {
            throw new InvalidArgument("given", "must hold at most " + MOST + " names");
        }
        given.forEach(name -> Arguments.text(name, "given", 100));
        return List.copyOf(given);
    }
}
