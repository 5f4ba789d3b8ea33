package org.ehrhub.routes.steps;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ehrhub.policy.Approvals;
import org.ehrhub.routes.CallApproval;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ItemAnswer;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.WriteAnswer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the answer into its envelope and keeps it small: rows that would make a list too large wait behind the cursor, and a
 * single record that is too large is refused. A write that was made is answered whatever its size.
 */
public final class BoundAnswer implements CallStep {
    private static final String STILL_GOOD =
            " The approval stays good for this same call, with the same approvalId and idempotencyKey, until it expires.";

    private final CanonicalJson json;
    private final Cursors cursors;
    private final Limits limits;
    private final InstantSource clock;

    /** Answers of at most {@link Limits#answerBytes()}. */
    public BoundAnswer(CanonicalJson json, Cursors cursors, Limits limits, InstantSource clock) {
        this.json = json;
        this.cursors = cursors;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void apply(ToolCall call) {
        var failure = failure(call);
        if (failure != null) {
            call.outcome(failure);
            call.answer(error(failure, call));
        } else if (call.tool() instanceof CanonicalTool.Listing<?, ?>) {
            list(call);
        } else {
            single(call, MixedUnits.noted(call.results().values().iterator().next()));
        }
    }

    private static ToolResult.@Nullable Failed<?> failure(ToolCall call) {
        if (call.failure() != null) {
            return call.failure();
        }
        List<ToolResult.Failed<?>> failures = call.results().values().stream()
                .<ToolResult.Failed<?>>mapMulti((result, next) -> {
                    if (result instanceof ToolResult.Failed<?> failed) {
                        next.accept(failed);
                    }
                })
                .toList();
        if (failures.isEmpty() || failures.size() < call.results().size()) {
            return null;
        }
        var first = failures.stream()
                .filter(failed -> failed.code().retryable())
                .findFirst()
                .orElseGet(failures::getFirst);
        return failures.size() == 1 ? first : new ToolResult.Failed<>(first.code(), messages(call), first.hint());
    }

    private static String messages(ToolCall call) {
        return call.results().entrySet().stream()
                .map(entry -> entry.getValue() instanceof ToolResult.Failed<?> failed
                        ? "`" + entry.getKey() + "`: " + Sentences.of(failed.message())
                        : "")
                .collect(Collectors.joining(" "));
    }

    private void list(ToolCall call) {
        var answer = list(call, Integer.MAX_VALUE);
        var told = answer(answer, call);
        for (var over = over(told); over > 0 && answer.items().size() > 1; over = over(told)) {
            answer = list(call, rowsThatFit(answer.items(), answer.cursor() == null ? over + Cursors.ROOM : over));
            told = answer(answer, call);
        }
        if (over(told) > 0 && answer.items().size() == 1) {
            answer = withoutTheFirst(call);
            told = answer(answer, call);
        }
        call.outcome(new ToolResult.Ok<>(answer, new Provenance("hub", clock.instant(), null)));
        call.answer(told);
    }

    private ListAnswer<Record> withoutTheFirst(ToolCall call) {
        var merged = new MergePages(call, clock.instant(), 1);
        merged.withholdRows("1 row is left out: alone it is larger than the " + limits.answerBytes() / 1024
                + " KB that the hub answers with. Look at it in the EHR itself.");
        return withCursor(call, merged);
    }

    private int over(ToolAnswer told) {
        return told.text().getBytes(StandardCharsets.UTF_8).length - limits.answerBytes();
    }

    private ListAnswer<Record> list(ToolCall call, int mostRows) {
        return withCursor(call, new MergePages(call, clock.instant(), mostRows));
    }

    private ListAnswer<Record> withCursor(ToolCall call, MergePages merged) {
        var cursor = cursors.seal(call, merged.places());
        if (cursor.isPresent() && cursor.get().length() > Cursors.MAX_LENGTH) {
            merged.warn("There is more, but this list cannot be read on: narrow the call.");
            cursor = Optional.empty();
        }
        return merged.answer(cursor.orElse(null));
    }

    /** Fewer than all, but at least one, so that reading on always gets further. */
    private int rowsThatFit(List<Record> rows, int over) {
        var left = over;
        var fit = rows.size();
        while (left > 0 && fit > 1) {
            fit--;
            left -= json.wire().writeValueAsBytes(rows.get(fit)).length + 1;
        }
        return fit;
    }

    private void single(ToolCall call, ToolResult<?> result) {
        call.outcome(result);
        if (result instanceof ToolResult.Ok<?> ok) {
            call.warnings().addAll(ok.warnings());
        }
        var told = told(call, result);
        if (call.tool().risk() == Risk.READ && !told.failed() && over(told) > 0) {
            ToolResult.Failed<?> tooLarge = ToolResult.failed(
                    ErrorCode.UNSUPPORTED,
                    "The record is larger than the " + limits.answerBytes() / 1024 + " KB that the hub answers with",
                    "This tool has no shorter form of it; look in the EHR itself.");
            call.outcome(tooLarge);
            told = error(tooLarge, call);
        }
        call.answer(told);
    }

    private ToolAnswer told(ToolCall call, ToolResult<?> result) {
        var warnings = List.copyOf(call.warnings());
        return switch (result) {
            case ToolResult.Ok<?> ok
            when call.tool() instanceof CanonicalTool.Write<?, ?> ->
                answer(new WriteAnswer<>("done", ok.from(), warnings, ok.value(), null), call);
            case ToolResult.Ok<?> ok -> answer(new ItemAnswer<>(ok.from(), warnings, ok.value()), call);
            case ToolResult.Pending<?> pending ->
                answer(new WriteAnswer<>("pending", null, warnings, null, pending.reference()), call);
            case ToolResult.Failed<?> failed -> error(failed, call);
        };
    }

    private ToolAnswer answer(Record envelope, ToolCall call) {
        ObjectNode tree = json.wire().valueToTree(envelope);
        if (call.tool().isConnector()) {
            connectorForm(tree);
        }
        return new ToolAnswer(false, tree, tree.toString());
    }

    /** What ChatGPT's connectors expect: rows under results, the fields of a record beside its source. */
    private static void connectorForm(ObjectNode tree) {
        if (tree.has("items")) {
            tree.set("results", tree.remove("items"));
        } else {
            tree.setAll((ObjectNode) tree.remove("item"));
        }
    }

    private ToolAnswer error(ToolResult.Failed<?> failed, ToolCall call) {
        var told = error(json.wire(), failed, call.context().callId());
        var approval = call.approvalOrNull();
        if (approval == null) {
            return told;
        }
        var error = (ObjectNode) told.json().get("error");
        if (approval.isGiven()) {
            error.put("hint", failed.hint() + STILL_GOOD);
        } else {
            add(approval, error.putObject("approval"));
        }
        return new ToolAnswer(true, told.json(), told.json().toString());
    }

    private static void add(CallApproval approval, ObjectNode told) {
        told.put("approvalId", approval.id())
                .put("status", approval.state() == Approvals.State.APPROVED ? "approved" : "waiting")
                .put(
                        "expires",
                        approval.expires().truncatedTo(ChronoUnit.SECONDS).toString());
        if (approval.shown() != null) {
            var lines = told.putArray("preview");
            approval.shown().brief().forEach(lines::add);
        }
    }

    /** A failure as the caller is told of it. */
    public static ToolAnswer error(JsonMapper json, ToolResult.Failed<?> failed, String callId) {
        var tree = json.createObjectNode();
        tree.putObject("error")
                .put("code", failed.code().name())
                .put("message", failed.message())
                .put("retryable", failed.code().retryable())
                .put("hint", failed.hint())
                .put("callId", callId);
        return new ToolAnswer(true, tree, tree.toString());
    }
}
