package org.ehrhub.hl7v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The people of a {@link PdqSupplier}, as PID segments, and its open queries. All synthetic. */
final class PdqPeople {
    private final List<String> segments = new ArrayList<>();
    private final Map<String, Integer> places = new ConcurrentHashMap<>();

    /** Adds a person with a number of the authority {@code STM}, and other numbers after it: {@code ~9^^^OTHER}. */
    PdqPeople add(String numbers, String name, String born, String sex) {
        segments.add("PID|1||" + numbers + "||" + name + "||" + born + "|" + sex
                + "|||12 Mill Lane^^Springfield^^12345^US||555-0142||en|||||||||||||||N");
        return this;
    }

    /** Those who fit every criterion the supplier knows; a name may end in an asterisk. */
    List<String> fitting(List<String> criteria) {
        return segments.stream()
                .filter(pid -> criteria.stream().allMatch(criterion -> fits(pid.split("\\|", -1), criterion)))
                .toList();
    }

    String pointer(String tag, int place) {
        var pointer = tag.substring(0, 8) + "&" + place;
        places.put(tag + pointer, place);
        return pointer.replace("&", "\\T\\");
    }

    /** Where a query goes on; negative when there is no such query. */
    int place(String tag, String pointer) {
        return places.getOrDefault(tag + pointer, -1);
    }

    /** Ends every open query, as a supplier does after a while. */
    void forgetQueries() {
        places.clear();
    }

    private static boolean fits(String[] pid, String criterion) {
        var field = criterion.substring(0, criterion.indexOf('^'));
        var value = criterion.substring(criterion.indexOf('^') + 1);
        return switch (field) {
            case "@PID.5.1.1" -> wild(pid[5].split("\\^", -1)[0], value);
            case "@PID.5.2" -> wild(pid[5].split("\\^", -1)[1], value);
            case "@PID.7.1" -> pid[7].equals(value);
            case "@PID.8" -> true; // a supplier that ignores a criterion
            case "@PID.3.1", "@PID.3.4.1", "@PID.3.4.2" ->
                List.of(pid[3].split("[~^&]")).contains(value);
            default -> true;
        };
    }

    private static boolean wild(String name, String pattern) {
        var plain = name.replace("\\T\\", "&");
        return pattern.endsWith("*")
                ? plain.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                : plain.equalsIgnoreCase(pattern);
    }
}
