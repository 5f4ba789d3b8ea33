package org.ehrhub.fhir.terminology;

import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.terminology.TerminologyExpand;
import org.hl7.fhir.r4.model.ValueSet;

/** {@code terminology.expand}: {@code ValueSet/$expand} (FHIR R4, 4.9), page by page. */
public final class Expanding {
    private static final Pattern PLACE = Pattern.compile("\\d{1,7}");

    private final FhirServer server;

    /** The value sets that this server knows. */
    public Expanding(FhirServer server) {
        this.server = server;
    }

    /** The codes of a value set at the call's place in it. */
    public ToolResult<Page<Coded>> expand(TerminologyExpand input, CallContext call) {
        var set = Asking.uri(input.valueSet(), "valueSet");
        int from = call.cursor().map(Expanding::place).orElse(0);
        var expansion =
                new Expansion(expanded(set, input, from, call).getExpansion(), input.filter(), from, input.rows());
        return new ToolResult.Ok<>(expansion.page(), server.provenance(null));
    }

    /** HAPI fails where less is asked for than the whole of a value set that it has not expanded before. */
    private ValueSet expanded(String set, TerminologyExpand input, int from, CallContext call) {
        try {
            return asking(set, input)
                    .with("offset", Integer.toString(from))
                    .with("count", Integer.toString(input.rows()))
                    .answer(ValueSet.class, call);
        } catch (EhrFailure e) {
            if (e.code() != ErrorCode.EHR_UNAVAILABLE) {
                throw e;
            }
            return asking(set, input).answer(ValueSet.class, call);
        }
    }

    private Asking asking(String set, TerminologyExpand input) {
        return Asking.of(server, "ValueSet", "expand").with("url", set).with("filter", input.filter());
    }

    private static int place(String cursor) {
        if (!PLACE.matcher(cursor).matches()) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`cursor` is not one that this EHR's list gave.",
                    "Pass the cursor of the answer before, or none to start again.");
        }
        return Integer.parseInt(cursor);
    }
}
