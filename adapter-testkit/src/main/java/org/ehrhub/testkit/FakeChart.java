package org.ehrhub.testkit;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentSearch;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.documents.DocumentTools;
import org.jspecify.annotations.Nullable;

/** Results and documents of a {@link FakeEhr} and its tools about them; works under the fake's lock. */
final class FakeChart {
    private final FakeDesk desk;
    private final FakePeople people;
    private final FakeShelf<Observation> labs = new FakeShelf<>();
    private final FakeShelf<Document> documents = new FakeShelf<>();
    private final Map<String, String> texts = new HashMap<>();

    FakeChart(FakeDesk desk, FakePeople people) {
        this.desk = desk;
        this.people = people;
    }

    void lab(Reference patient, String code, BigDecimal value, String unit, String at) {
        var id = labs.free("lab");
        var lab = new Observation(
                desk.reference("Observation", id),
                code,
                "Test " + CodeToken.parse(code, "code").code(),
                value,
                null,
                unit,
                null,
                null,
                null,
                null,
                at,
                null,
                List.of(),
                null,
                patient);
        labs.add(id, lab, "");
    }

    void document(Reference patient, String id, String title, String text, String at) {
        var document = new Document(
                desk.reference("DocumentReference", id),
                title,
                "Progress note",
                "loinc|11506-3",
                "clinical-note",
                null,
                at,
                "Dr Grace Hill",
                "text/plain",
                null,
                patient);
        documents.add(id, document, "");
        texts.put(id, text);
    }

    void register(ToolHandlers.Builder tools) {
        tools.on(ChartTools.SUMMARY, this::summary)
                .onList(ChartTools.LABS, this::labs)
                .onList(DocumentTools.SEARCH, this::documents)
                .on(DocumentTools.GET, this::text);
    }

    private ToolResult<PatientSummary> summary(PatientSummaryGet input, CallContext call) {
        desk.own(input.patient());
        desk.fake().arrive("patient.summary", input, call);
        synchronized (desk.fake()) {
            var all = labs.all().stream()
                    .filter(this.<Observation>of(input.patient()))
                    .toList();
            var shown = all.stream().limit(input.mostRows()).toList();
            var patient = people.known(input.patient()).match();
            return desk.ok(
                    new PatientSummary(
                            patient,
                            List.of(),
                            List.of(),
                            List.of(),
                            shown,
                            List.of(),
                            List.of(),
                            List.of(),
                            shown.size() < all.size() ? List.of("lab.list") : List.of(),
                            List.of()),
                    "1");
        }
    }

    private ToolResult<Page<Observation>> labs(LabList input, CallContext call) {
        Predicate<Observation> fits = this.<Observation>of(input.patient())
                .and(row -> FakeDesk.coded(input.code(), row.code()) && inSpan(row.at(), input.from(), input.to()));
        return desk.rows("lab.list", labs, fits, input, call);
    }

    private ToolResult<Page<Document>> documents(DocumentSearch input, CallContext call) {
        Predicate<Document> fits = this.<Document>of(input.patient())
                .and(row -> FakeDesk.coded(input.type(), row.code())
                        && FakeDesk.coded(input.category(), row.category())
                        && inSpan(row.at(), input.from(), input.to()));
        return desk.rows("document.search", documents, fits, input, call);
    }

    private ToolResult<DocumentText> text(DocumentGet input, CallContext call) {
        var id = desk.own(input.document());
        desk.fake().arrive("document.get", input, call);
        synchronized (desk.fake()) {
            var held = documents.find(id).orElseThrow(FakeDesk::missing);
            var row = held.value();
            var whole = Objects.requireNonNull(texts.get(id));
            var from = Math.min(Objects.requireNonNullElse(input.offset(), 0), whole.length());
            return desk.ok(
                    new DocumentText(
                            row.ref(),
                            row.title(),
                            row.type(),
                            row.status(),
                            row.at(),
                            row.author(),
                            row.format(),
                            null,
                            whole.substring(from),
                            null,
                            whole.length(),
                            row.subject()),
                    held.etag());
        }
    }

    private <O extends PatientRow> Predicate<O> of(Reference patient) {
        desk.own(patient);
        return row -> patient.equals(row.subject());
    }

    private static boolean inSpan(@Nullable String at, @Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
        return FakeDesk.inSpan(at == null ? null : OffsetDateTime.parse(at), from, to);
    }
}
