package org.ehrhub.benchmarks;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words after {@code build/bench}.
 *
 * @param parts what is measured
 * @param quick shorter and fewer windows and starts
 * @param loadBefore the load average before anything of the benchmark ran
 * @param hapiJpa the jar of the test EHR
 * @param results where the page of results is
 */
record Options(
        Set<Part> parts,
        boolean quick,
        double loadBefore,
        @Nullable Path hapiJpa,
        Path results) {
    /** A part of the benchmarks. */
    enum Part {
        OVERHEAD,
        GOVERNANCE,
        START,
        SIZE,
        TRAIL,
        MLLP,
        /** Only where the environment names a live Medplum. */
        MEDPLUM
    }

    /** The parts of a whole run: those that need nothing but this machine. */
    private static final Set<Part> WHOLE = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Part.MEDPLUM)));

    /**
     * Reads them.
     *
     * @param medplum whether there is a live Medplum to be measured with the rest
     * @throws IllegalArgumentException when one is not known
     */
    static Options of(List<String> words, boolean medplum) {
        var parts = EnumSet.noneOf(Part.class);
        var quick = false;
        var load = 0.0;
        Path hapiJpa = null;
        for (var word : words) {
            if (word.equals("--quick")) {
                quick = true;
            } else if (word.startsWith("--load=")) {
                load = Double.parseDouble(word.substring("--load=".length()));
            } else if (word.startsWith("--hapi-jpa=")) {
                hapiJpa = Path.of(word.substring("--hapi-jpa=".length()));
            } else {
                parts.add(Part.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return new Options(
                parts.isEmpty() ? whole(medplum) : parts, quick, load, hapiJpa, Path.of("benchmarks/RESULTS.md"));
    }

    private static Set<Part> whole(boolean medplum) {
        return medplum ? EnumSet.allOf(Part.class) : WHOLE;
    }

    /** How a part is measured again. */
    String command(Part part) {
        return "./check bench " + (quick ? "--quick " : "") + part.name().toLowerCase(Locale.ROOT);
    }
}
