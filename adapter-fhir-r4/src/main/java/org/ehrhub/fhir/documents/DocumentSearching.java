package org.ehrhub.fhir.documents;

import java.util.List;
import org.ehrhub.fhir.charts.ChartReading;
import org.ehrhub.fhir.charts.ChartSearch;
import org.ehrhub.fhir.charts.ChartType;
import org.ehrhub.fhir.charts.TimeSpan;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentSearch;
import org.hl7.fhir.r4.model.DocumentReference;
import org.jspecify.annotations.Nullable;

/** {@code document.search} on one FHIR R4 server. */
final class DocumentSearching {
    private final ChartReading charts;
    private final ChartType<DocumentReference, Document> type;

    DocumentSearching(ChartReading charts) {
        this.charts = charts;
        this.type = new DocumentRecords(charts.server()).type();
    }

    ToolResult<Page<Document>> search(DocumentSearch input, CallContext call) {
        var search = new ChartSearch<DocumentReference>(input.patient())
                .coded("type", token(input.type(), "type"), row -> List.of(row.getType()))
                .coded("category", token(input.category(), "category"), DocumentReference::getCategory)
                .between("date", input.from(), input.to(), row -> TimeSpan.of(row.getDateElement()))
                .newestFirst("date", row -> TimeSpan.of(row.getDateElement()));
        return charts.list(type, search, input.rows(), call);
    }

    private static @Nullable CodeToken token(@Nullable String text, String argument) {
        return text == null ? null : CodeToken.parse(text, argument);
    }
}
