package org.ehrhub.fhir.provenance;

import java.util.ArrayList;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.Written;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;

/** A write that leaves Provenance of what it wrote in the EHR; what comes of that changes nothing about the write. */
public final class Attributed<I extends Record, O extends Record> implements WriteHandler<I, O> {
    private final WriteHandler<? super I, O> write;
    private final ProvenanceDesk desk;

    /** The same write, with Provenance. */
    public Attributed(WriteHandler<? super I, O> write, ProvenanceDesk desk) {
        this.write = write;
        this.desk = desk;
    }

    @Override
    public ToolResult<O> handle(I input, CallContext call) {
        var written = new Written();
        try {
            var result = written.during(() -> write.handle(input, call));
            return warned(result, desk.attribute(written.items(), call));
        } catch (EhrFailure e) {
            // What an EHR took before the rest failed has an author as well.
            desk.attribute(written.items(), call);
            throw e;
        }
    }

    @Override
    public Optional<O> reconcile(I input, String key, CallContext call) {
        return write.reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(I input, CallContext call) {
        return write.currentVersion(input, call);
    }

    private ToolResult<O> warned(ToolResult<O> result, Attribution came) {
        if (!(result instanceof ToolResult.Ok<O> ok) || came.warning().isEmpty()) {
            return result;
        }
        var warnings = new ArrayList<>(ok.warnings());
        warnings.add(came.warning());
        return new ToolResult.Ok<>(ok.value(), ok.from(), warnings);
    }
}
