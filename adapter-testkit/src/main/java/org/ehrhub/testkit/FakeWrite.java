package org.ehrhub.testkit;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/**
 * A write of a {@link FakeEhr}: done once for one key, found again under that key.
 *
 * @param tool the tool's name
 * @param shelf where what is written stands
 * @param changes the id of the record that would change; empty for something new; refuses references of other EHRs
 * @param write does it, under the fake's lock
 */
record FakeWrite<I extends Record, O extends Record>(
        FakeDesk desk,
        String tool,
        FakeShelf<O> shelf,
        Function<I, Optional<String>> changes,
        BiFunction<I, String, FakeShelf.Held<O>> write)
        implements WriteHandler<I, O> {

    @Override
    public ToolResult<O> handle(I input, CallContext call) {
        var id = changes.apply(input);
        var fault = desk.fake().arrive(tool, input, call);
        synchronized (desk.fake()) {
            if (id.isPresent() && shelf.find(id.get()).isEmpty()) {
                throw FakeDesk.missing();
            }
            var held = shelf.under(call.writeKey()).orElseGet(() -> write.apply(input, call.writeKey()));
            return fault.losesAnswers()
                    ? ToolResult.failed(
                            ErrorCode.OUTCOME_UNKNOWN,
                            "The EHR did not say whether it was done.",
                            "Look before you repeat.")
                    : desk.ok(held);
        }
    }

    @Override
    public Optional<O> reconcile(I input, String key, CallContext call) {
        desk.fake().arrive(tool + " reconcile", input, call);
        synchronized (desk.fake()) {
            return shelf.under(key).map(FakeShelf.Held::value);
        }
    }

    @Override
    public Optional<String> currentVersion(I input, CallContext call) {
        var id = changes.apply(input);
        desk.fake().arrive(tool + " version", input, call);
        synchronized (desk.fake()) {
            return id.flatMap(shelf::find).map(FakeShelf.Held::etag);
        }
    }
}
