package org.ehrhub.mllp.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.ehrhub.mllp.sequence.SequenceNumbers.Last;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceNumbersTest {
    @TempDir
    Path folder;

    @Test
    void remembersTheLastOneOfEachPeerBeyondItsOwnEnd() throws IOException {
        var numbers = SequenceNumbers.in(folder.resolve("new"));
        numbers.keep("LAB|EAST", new Last(7, "A7"));
        numbers.keep("LAB|EAST", new Last(8, "A8"));
        numbers.keep("../RIS", new Last(1, "B1"));

        var later = SequenceNumbers.in(folder.resolve("new"));
        assertThat(later.of("LAB|EAST")).contains(new Last(8, "A8"));
        assertThat(later.of("../RIS")).contains(new Last(1, "B1"));
        assertThat(later.of("LAB|WEST")).isEmpty();
    }

    @Test
    void forgetsForGood() throws IOException {
        var numbers = SequenceNumbers.in(folder);
        numbers.keep("LAB", new Last(7, "A7"));
        numbers.forget("LAB");

        assertThat(numbers.of("LAB")).isEmpty();
        assertThat(SequenceNumbers.in(folder).of("LAB")).isEmpty();
    }
}
