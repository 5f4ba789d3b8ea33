package org.ehrhub.testkit;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** How a {@link FakeEhr} answers, whatever is asked. */
record FakeDesk(String ehr, FakeEhr fake, InstantSource clock) {

    /** The id of a record of this EHR. */
    String own(Reference reference) {
        if (!reference.ehr().equals(ehr)) {
            throw new EhrFailure(ErrorCode.INVALID_INPUT, "The reference is of another EHR.", "Ask that EHR.");
        }
        return reference.id();
    }

    Reference reference(String type, String id) {
        return new Reference(ehr, type, id);
    }

    static EhrFailure missing() {
        return new EhrFailure(ErrorCode.NOT_FOUND, "The EHR holds no such record.", "Search for it again.");
    }

    static void sameVersion(String held, @Nullable String seen) {
        if (seen != null && !seen.equals(held)) {
            throw new EhrFailure(ErrorCode.CONFLICT, "The record has changed.", "Read it again.");
        }
    }

    /** A page of the records that fit, or of all while filters are ignored. */
    <I extends Record & ListInput, O extends Record> ToolResult<Page<O>> rows(
            String tool, FakeShelf<O> shelf, Predicate<O> fits, I input, CallContext call) {
        var fault = fake.arrive(tool, input, call);
        synchronized (fake) {
            var rows = shelf.all().stream()
                    .filter(row -> fault.ignoresFilters() || fits.test(row))
                    .toList();
            return page(rows, input, call);
        }
    }

    static boolean coded(@Nullable String wanted, @Nullable String held) {
        if (wanted == null || held == null) {
            return wanted == null;
        }
        var code = CodeToken.parse(held, "code");
        return CodeToken.parse(wanted, "code").fits(code.system(), code.code());
    }

    static boolean inSpan(@Nullable OffsetDateTime at, @Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
        return (from == null || (at != null && !at.isBefore(from))) && (to == null || (at != null && at.isBefore(to)));
    }

    <O extends Record> ToolResult<Page<O>> page(List<O> rows, ListInput input, CallContext call) {
        int from = Math.min(rows.size(), call.cursor().map(FakeDesk::place).orElse(0));
        int to = Math.min(rows.size(), from + input.rows());
        var next = to < rows.size() ? Integer.toString(to) : null;
        var page = new Page<>(rows.subList(from, to), (long) rows.size(), next, List.of());
        return new ToolResult.Ok<>(page, new Provenance(ehr, clock.instant(), null));
    }

    private static int place(String cursor) {
        try {
            return Integer.parseUnsignedInt(cursor);
        } catch (NumberFormatException e) {
            throw new EhrFailure(ErrorCode.INVALID_INPUT, "`cursor` is none of this EHR.", "Begin the list anew.");
        }
    }

    <O extends Record> ToolResult<O> ok(FakeShelf.Held<O> held) {
        return ok(held.value(), held.etag());
    }

    <O extends Record> ToolResult<O> ok(O value, String version) {
        return new ToolResult.Ok<>(value, new Provenance(ehr, clock.instant(), version));
    }
}
