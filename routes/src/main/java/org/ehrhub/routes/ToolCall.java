package org.ehrhub.routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.IdempotencyLedger.Claim;
import org.ehrhub.routes.limits.Allowance;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** One call on its way: what the steps have found out so far. Belongs to one thread at a time. */
public final class ToolCall {
    private final CanonicalTool<?, ?> tool;
    private final Object arguments;
    private final @Nullable CanonicalTool<?, ?> within;
    private final CallPolicy policy = new CallPolicy(this);
    private final long arrived = System.nanoTime();
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final Map<String, ToolResult<?>> results = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private List<String> ehrs = List.of();
    private Supplier<String> digesting = () -> "";
    private @Nullable String digest;
    private CallContext context;
    private @Nullable Record input;
    private Allowance.@Nullable Counted counted;
    private @Nullable Claim claim;
    private @Nullable CallApproval approved;
    private boolean sent;
    private boolean interrupted;
    private @Nullable CompletableFuture<ToolResult<?>> unfinished;
    private ToolResult.@Nullable Failed<?> failure;
    private @Nullable ToolResult<?> outcome;
    private @Nullable ToolAnswer answer;

    /** A call that has just arrived and that no other call makes. */
    public ToolCall(CanonicalTool<?, ?> tool, Object arguments, CallContext context) {
        this(tool, arguments, context, null);
    }

    /**
     * A call that has just arrived.
     *
     * @param arguments the tool's input record, or its arguments as JSON
     * @param within the composite tool whose route makes it, if one does
     */
    public ToolCall(
            CanonicalTool<?, ?> tool, Object arguments, CallContext context, @Nullable CanonicalTool<?, ?> within) {
        this.tool = tool;
        this.arguments = arguments;
        this.context = context;
        this.within = within;
    }

    /** The composite tool whose route makes this call, if one does: what is approved there is approved here. */
    public @Nullable CanonicalTool<?, ?> within() {
        return within;
    }

    /** What policy says of it. */
    public CallPolicy policy() {
        return policy;
    }

    /** What policy says of it on an EHR. */
    public Decision decision(String ehr) {
        return policy.decision(ehr);
    }

    /** How the write was counted before it was sent, if it was. */
    public Allowance.@Nullable Counted counted() {
        return counted;
    }

    /** Notes that the write was counted. */
    public void counted(Allowance.Counted under) {
        this.counted = under;
    }

    /**
     * Where one EHR's list goes on.
     *
     * @param cursor the adapter's cursor of the page; none for the first
     * @param skip rows of that page that the caller already has
     */
    public record Position(@Nullable String cursor, int skip) {}

    /** The tool. */
    public CanonicalTool<?, ?> tool() {
        return tool;
    }

    /** The arguments as they arrived. */
    public Object arguments() {
        return arguments;
    }

    /** How long it has taken so far. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - arrived);
    }

    /** The caller and the time limit. */
    public CallContext context() {
        return context;
    }

    /** Puts the write's key into the context. */
    public void context(CallContext context) {
        this.context = context;
    }

    /** The input record, once it is known to be valid. */
    public Record input() {
        if (input == null) {
            throw new IllegalStateException("The input was not checked yet");
        }
        return input;
    }

    /** Whether the input is known to be valid. */
    public boolean hasInput() {
        return input != null;
    }

    /** Keeps the valid input, and how its digest is made: a read needs none. */
    public void input(Record input, Supplier<String> digest) {
        this.input = input;
        this.digesting = digest;
    }

    /** The digest of what is asked: the arguments but idempotency key, approval and cursor. */
    public String digest() {
        if (digest == null) {
            digest = digesting.get();
        }
        return digest;
    }

    /** The EHRs that are asked. */
    public List<String> ehrs() {
        return ehrs;
    }

    /** Keeps the EHRs to ask. */
    public void ehrs(List<String> ehrs) {
        this.ehrs = List.copyOf(ehrs);
    }

    /** Where each EHR's list goes on, for those that a cursor named. */
    public Map<String, Position> positions() {
        return positions;
    }

    /** What each EHR answered, in the order in which they were asked. */
    public Map<String, ToolResult<?>> results() {
        return results;
    }

    /** What the caller must know about the answer. */
    public List<String> warnings() {
        return warnings;
    }

    /** What the tool answers with, once it is put together. */
    public @Nullable ToolResult<?> outcome() {
        return outcome;
    }

    /** Keeps what the tool answers with. */
    public void outcome(ToolResult<?> outcome) {
        this.outcome = outcome;
    }

    /** Why the call ended early, if it did. */
    public ToolResult.@Nullable Failed<?> failure() {
        return failure;
    }

    /** Ends the call with a failure. */
    public void failure(ToolResult.Failed<?> failure) {
        this.failure = failure;
    }

    /** Whether the ledger waits to hear what becomes of this write. */
    public boolean claimed() {
        return claim != null;
    }

    /** Whether the fate of an earlier try under its key was not known; it stays so unless something is found or sent. */
    public boolean unknownBefore() {
        return claim == Claim.UNKNOWN;
    }

    /** Notes how the ledger let this write through under its key. */
    public void claimed(Claim how) {
        this.claim = how;
    }

    /** The approval that it waits for, or is made under. */
    public @Nullable CallApproval approvalOrNull() {
        return approved;
    }

    /** Notes the approval that it waits for, or is made under. */
    public void approval(CallApproval approval) {
        this.approved = approval;
    }

    /** Whether EHRs were asked to do it, as opposed to an answer from the ledger. */
    public boolean sent() {
        return sent;
    }

    /** Notes that EHRs are asked now. */
    public void sent(boolean sent) {
        this.sent = sent;
    }

    /** Whether a chart may have changed by this call: a write that was sent and not clearly refused. */
    public boolean mayHaveWritten() {
        var refused = !results.isEmpty()
                && results.values().stream()
                        .allMatch(result -> result instanceof ToolResult.Failed<?> failed
                                && failed.code() != ErrorCode.OUTCOME_UNKNOWN
                                && failed.code() != ErrorCode.INTERNAL);
        return sent && tool.risk() != Risk.READ && !refused;
    }

    /** What a write that is no longer waited for will have come to, when its handler has not returned yet. */
    public @Nullable CompletableFuture<ToolResult<?>> unfinished() {
        return unfinished;
    }

    /** Notes that a handler is still at it. */
    public void unfinished(CompletableFuture<ToolResult<?>> unfinished) {
        this.unfinished = unfinished;
    }

    /** Whether the thread of this call was told to stop waiting; its interrupt is held back until ledger and trail are kept. */
    public boolean interrupted() {
        return interrupted;
    }

    /** Notes that the thread of this call was told to stop waiting. */
    public void interrupted(boolean interrupted) {
        this.interrupted = interrupted;
    }

    /** Whether a result or a failure is known. */
    public boolean settled() {
        return failure != null || !results.isEmpty();
    }

    /** The answer, once it is built. */
    public ToolAnswer answer() {
        if (answer == null) {
            throw new IllegalStateException("There is no answer yet");
        }
        return answer;
    }

    /** Keeps the answer. */
    public void answer(ToolAnswer answer) {
        this.answer = answer;
    }
}
