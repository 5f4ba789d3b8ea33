package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.testkit.faults.Marker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * The promises every adapter keeps, made out for exactly the tools it registers; a test class extends it for each EHR the
 * adapter is tried on. During each promise all logging is read: nothing of a patient may be in it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContract {
    private static final Duration SOON = Duration.ofSeconds(10);

    private @Nullable Bench bench;

    /** The EHR to try the adapter on; closed after the last promise. */
    protected abstract ContractEhr open() throws Exception;

    @BeforeAll
    void openEhr() throws Exception {
        var ehr = open();
        // What the adapter can do it may have to learn from the EHR first.
        var _ = ehr.adapter().probe(SOON);
        bench = Bench.of(ehr);
    }

    @AfterAll
    void closeEhr() throws Exception {
        if (bench != null) {
            bench.ehr().close();
        }
    }

    @TestFactory
    Stream<DynamicTest> hasOnlyWhatItRegisters() {
        return trials(new RegistrationPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> answersWhatItIsAsked() {
        return trials(new AnswerPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatCannotBe() {
        return trials(new RefusalPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> listsAllAndNobodyElses() {
        return trials(new ListPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> honoursEachArgument() {
        return trials(Stream.concat(new PatientSearchPromises(bench()).all(), new NarrowingPromises(bench()).all()));
    }

    @TestFactory
    Stream<DynamicTest> booksATimeOnce() {
        return trials(new SchedulingPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> writesWhatItIsToldOnce() {
        return trials(Stream.concat(new WritePromises(bench()).all(), new VersionPromises(bench()).all()));
    }

    @TestFactory
    Stream<DynamicTest> survivesWhileReading() {
        return trials(new ReadFaultPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> survivesWhileWriting() {
        return trials(new WriteFaultPromises(bench()).all());
    }

    @TestFactory
    Stream<DynamicTest> waitsForAnAnswer() {
        return trials(new WaitingPromises(bench()).all());
    }

    /** Leaves the EHR's column of the table of support, as {@code adapter-support.md} among the build's reports. */
    @Test
    void tellsWhatIsSupported(TestReporter reporter) {
        var ehr = bench().ehr();
        var table =
                new SupportTable().with(ehr.name(), ehr.adapter().handlers()).markdown();
        reporter.publishFile("adapter-support.md", MediaType.TEXT_PLAIN_UTF_8, file -> Files.writeString(file, table));

        assertThat(table).contains("| yes");
    }

    private Bench bench() {
        return Objects.requireNonNull(bench);
    }

    private Stream<DynamicTest> trials(Stream<Promise> promises) {
        return promises.map(promise -> DynamicTest.dynamicTest(promise.words(), () -> quietly(promise)));
    }

    private void quietly(Promise promise) throws Throwable {
        try (var log = new QuietLog()) {
            promise.trial().execute();
            assertThat(log.lines()).as("log").noneMatch(line -> line.contains(Marker.FAMILY));
        } catch (AssertionError e) {
            throw new AssertionError(promise.words() + ": " + e.getMessage(), e);
        } finally {
            bench().ehr().recover();
        }
    }
}
