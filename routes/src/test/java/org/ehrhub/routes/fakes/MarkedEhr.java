package org.ehrhub.routes.fakes;

import java.time.Instant;
import java.util.List;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.ehrs.EhrTools;

/** An EHR whose every answer has every field filled, each text with the groups it belongs to: {@code MARK.CONTACT}. */
public final class MarkedEhr {
    private final String ehr;
    private final Reference patient;

    private MarkedEhr(String ehr, Reference patient) {
        this.ehr = ehr;
        this.patient = patient;
    }

    /** An EHR that reads; everything in it is this patient's. */
    public static EhrRegistry.Entry of(Reference patient) {
        var marked = new MarkedEhr(patient.ehr(), patient);
        var builder = ToolHandlers.builder();
        for (var tool : ToolCatalog.canonical().tools()) {
            switch (tool) {
                case CanonicalTool.Read<?, ?> read when !read.isConnector() -> marked.read(builder, read);
                case CanonicalTool.Listing<?, ?> list
                when !list.isConnector() && !list.equals(EhrTools.LIST) -> marked.list(builder, list);
                default -> {}
            }
        }
        return new ScriptedEhr(builder.build()).entry(patient.ehr());
    }

    private <I extends Record, O extends Record> void read(
            ToolHandlers.Builder builder, CanonicalTool.Read<I, O> tool) {
        builder.on(tool, (input, call) -> ok(new Marks(patient, patient, "MARK").filled(tool.output())));
    }

    private <I extends Record & ListInput, O extends Record> void list(
            ToolHandlers.Builder builder, CanonicalTool.Listing<I, O> tool) {
        builder.onList(
                tool,
                (input, call) -> ok(Page.all(List.of(new Marks(patient, patient, "MARK").filled(tool.output())))));
    }

    private <O extends Record> ToolResult<O> ok(O value) {
        return new ToolResult.Ok<>(value, new Provenance(ehr, Instant.EPOCH, null));
    }
}
