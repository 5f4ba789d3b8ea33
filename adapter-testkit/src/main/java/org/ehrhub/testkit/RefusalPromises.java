package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** What cannot be done is refused before anything is sent, and what is not there is said to be not there. */
record RefusalPromises(Bench bench) {
    private static final String NOBODY = "nobody-has-this-id";

    Stream<Promise> all() {
        return bench.tools().stream().flatMap(this::of);
    }

    private Stream<Promise> of(CanonicalTool<?, ?> tool) {
        var late = new Promise(tool.name() + " sends nothing once its time is over", () -> late(tool));
        var pointing = Inputs.references(tool.input()).stream().flatMap(argument -> references(tool, argument));
        var missing = main(tool).stream()
                .map(argument -> new Promise(
                        tool.name() + " says that a `" + argument + "` the EHR has not is not there",
                        () -> missing(tool, argument)));
        var strange = tool instanceof CanonicalTool.Listing<?, ?>
                ? Stream.of(new Promise(tool.name() + " refuses a cursor it never gave", () -> strange(tool)))
                : Stream.<Promise>empty();
        return Stream.of(Stream.of(late), pointing, missing, strange).flatMap(each -> each);
    }

    private Stream<Promise> references(CanonicalTool<?, ?> tool, String argument) {
        var foreign = new Promise(
                tool.name() + " refuses a `" + argument + "` of another EHR, and sends nothing",
                () -> refusesUnsent(tool, argument, "another-ehr", "1"));
        var impossible = bench.ehr()
                .impossibleId()
                .map(id -> new Promise(
                        tool.name() + " refuses a `" + argument + "` that cannot be one, and sends nothing",
                        () -> refusesUnsent(tool, argument, bench.ehr().name(), id)));
        return Stream.concat(Stream.of(foreign), impossible.stream());
    }

    private void refusesUnsent(CanonicalTool<?, ?> tool, String argument, String ehr, String id) {
        var input = bench.samples().of(tool);
        bench.settle();
        var before = bench.ehr().requests();

        assertThat(tried(tool, input, argument, ehr, id)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(bench.ehr().requests()).as("requests").isEqualTo(before);
    }

    private @Nullable ErrorCode tried(CanonicalTool<?, ?> tool, Record input, String argument, String ehr, String id) {
        try {
            var pointing = Inputs.value(input, argument)
                    .map(old -> Inputs.with(input, argument, new Reference(ehr, ((Reference) old).type(), id)))
                    .orElseGet(() -> Inputs.pointing(input, argument, ehr, id));
            return ContractCalls.code(bench.calls().write(tool, pointing, ContractCalls.newKey()));
        } catch (InvalidArgument e) {
            return ErrorCode.INVALID_INPUT; // the hub refuses it before the adapter sees it
        }
    }

    private void late(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        bench.settle();
        var before = bench.ehr().requests();
        var over = ContractCalls.within(Duration.ZERO).writing(ContractCalls.newKey());

        assertThat(ContractCalls.code(bench.calls().call(tool, input, over))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(bench.ehr().requests()).as("requests").isEqualTo(before);
    }

    private void strange(CanonicalTool<?, ?> tool) {
        var call = ContractCalls.within(ContractCalls.LONG).at("nobody-gave-this-cursor");

        assertThat(ContractCalls.code(bench.calls().call(tool, bench.samples().of(tool), call)))
                .isEqualTo(ErrorCode.INVALID_INPUT);
    }

    /** The argument that the tool is about: the first reference that must be given. */
    private static Optional<String> main(CanonicalTool<?, ?> tool) {
        return Arrays.stream(tool.input().getRecordComponents())
                .filter(component -> component.getType() == Reference.class && !Inputs.isOptional(component))
                .map(component -> component.getName())
                .findFirst();
    }

    private void missing(CanonicalTool<?, ?> tool, String argument) {
        var input = bench.samples().of(tool);
        var type = ((Reference) Inputs.value(input, argument).orElseThrow()).type();
        var unknown = Inputs.with(input, argument, new Reference(bench.ehr().name(), type, NOBODY));
        var key = ContractCalls.newKey();
        var before = bench.ehr().writes().size();

        var result = bench.calls().write(tool, unknown, key);

        if (tool instanceof CanonicalTool.Listing<?, ?> && result instanceof ToolResult.Ok<?> ok) {
            assertThat(((Page<?>) ok.value()).items()).isEmpty();
        } else if (tool instanceof CanonicalTool.Write<?, ?>
                && bench.ehr().writes().size() > before) {
            assertThat(ContractCalls.code(result)).isIn(ErrorCode.NOT_FOUND, ErrorCode.REJECTED_BY_EHR);
            assertThat(bench.calls().reconcile(tool, unknown, key)).isEmpty();
        } else {
            assertThat(ContractCalls.code(result)).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
