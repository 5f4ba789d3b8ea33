package org.ehrhub.hl7v2.journal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which patients a segment names: the one of a PID segment, or the one that an MRG segment takes out of use. */
final class PatientKeys {
    private static final int PID = Segment.code("PID");
    private static final int MRG = Segment.code("MRG");

    private PatientKeys() {}

    static void of(Segment segment, Ordering ordering, Set<String> keys) {
        int name = segment.name();
        if (name == PID || name == MRG) {
            var identifiers = identifiers(segment);
            var chosen = identifiers.stream().filter(ordering::isChosen).toList();
            // By the number alone: one writes its giver in other ways than another, or, of a number out of use, not at
            // all.
            (chosen.isEmpty() ? identifiers : chosen).forEach(one -> keys.add("PID " + one.value()));
        }
    }

    /** PID-3, before v2.3 also PID-2 or PID-4; MRG-1, before v2.3 also MRG-4. */
    static List<Identifier> identifiers(Segment segment) {
        var fields = segment.name() == PID ? List.of(3, 2, 4) : List.of(1, 4);
        return fields.stream()
                .map(number -> identifiers(segment, number))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Identifier> identifiers(Segment segment, int number) {
        return segment.repetitions(number).stream()
                .map(repetition -> Identifier.ofPerson(repetition, segment.header()))
                .flatMap(Optional::stream)
                .toList();
    }
}
