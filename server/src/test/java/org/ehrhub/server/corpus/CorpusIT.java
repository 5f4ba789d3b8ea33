package org.ehrhub.server.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own messages through a hub; {@code ./check corpus DIR} sends those of any folder. */
class CorpusIT {
    private static final Path OWN = Path.of("src/test/resources/org/ehrhub/server/corpus");

    @TempDir
    private Path folder;

    @Test
    void whatIsReceivedIsKeptAndDeliveredByteForByte() throws Exception {
        var named = System.getProperty("corpus.dir", "");
        var corpus = Corpus.of(named.isEmpty() ? own() : Path.of(named));
        var run = new CorpusRun(corpus);
        var start = System.nanoTime();
        run.run(Files.createDirectory(folder.resolve("hub")));

        corpus.others().forEach(System.out::println);
        run.differences().forEach(System.out::println);
        System.out.println(run.summary(Duration.ofNanos(System.nanoTime() - start)));
        assertThat(run.differences()).isEmpty();
        assertThat(corpus.messages()).isNotEmpty();
        if (named.isEmpty()) {
            assertThat(corpus.messages()).hasSize(24);
            assertThat(corpus.others())
                    .containsExactlyInAnyOrder(
                            "acknowledgement.hl7: an answer, which nobody acknowledges",
                            "no-control-id.hl7: no control id, so that it is rejected (AR)",
                            "not-hl7.txt: no HL7 in it, or not that alone");
        }
    }

    /** The files, and one that is too long to keep as a file. */
    private Path own() throws IOException {
        var copy = Files.createDirectory(folder.resolve("own"));
        try (var files = Files.list(OWN)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        var message = "MSH|^~\\&|DOCS|GENERAL|HUB|REGION|20260301083000||MDM^T02^MDM_T02|C2511|P|2.5.1\r"
                + "PID|1||100200^^^GENERAL^MR||SAMPLE^AVERY\rTXA|1|CN|TX\rOBX|1|ED|DOC^DOCUMENT^L||^application^pdf^Base64^"
                + "JVBERi0x".repeat(500_000) + "||||||F\r";
        Files.writeString(copy.resolve("mdm-t02-v251-long-obx.hl7"), message, StandardCharsets.ISO_8859_1);
        return copy;
    }
}
