package org.ehrhub.routes.composites;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.routes.EhrComponent;
import org.ehrhub.routes.ToolComponent;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentSearch;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.search.Fetch;
import org.ehrhub.tools.search.Fetched;
import org.ehrhub.tools.search.Hit;
import org.ehrhub.tools.search.Search;
import org.jspecify.annotations.Nullable;

/** {@code search} and {@code fetch}, done by the tools about patients and documents. */
public final class ConnectorRoutes extends RouteBuilder {
    private static final String STEP = "ehrhubStep";

    private final CanonicalJson json;

    private final InstantSource clock;

    /** Routes that write what they fetch with this. */
    public ConnectorRoutes(CanonicalJson json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("tool:search?needs=patient.search")
                .routeId("search")
                .process(this::asked)
                .filter(exchangeProperty(STEP).isNotNull())
                .toD("tool:${exchangeProperty." + STEP + "}")
                .process(ConnectorRoutes::hits)
                .end();
        from("tool:fetch?needs=patient.summary")
                .routeId("fetch")
                .process(ConnectorRoutes::record)
                .toD("tool:${exchangeProperty." + STEP + "}")
                .process(this::fetched);
    }

    private void asked(Exchange exchange) {
        var search = exchange.getMessage().getBody(Search.class);
        var ehr = exchange.getMessage().getHeader(EhrComponent.EHR, String.class);
        var cursor = exchange.getProperty(ToolComponent.CALL, CallContext.class).cursorOrNull();
        var words = SearchWords.of(search.query());
        if (words.patient() == null || words.patient().ehr().equals(ehr)) {
            next(exchange, words.input(ehr, cursor, search.limit()));
        } else {
            // That patient's documents are in another EHR, which is asked as well.
            var nothing = Page.<Hit>all(List.of());
            exchange.getMessage().setBody(new ToolResult.Ok<>(nothing, new Provenance(ehr, clock.instant(), null)));
        }
    }

    private static void record(Exchange exchange) {
        var id = exchange.getMessage().getBody(Fetch.class).id();
        next(exchange, id.type().equals("Patient") ? new PatientSummaryGet(id, null) : new DocumentGet(id, null, null));
    }

    /** The input of the tool that is called next, and its name. */
    private static void next(Exchange exchange, Record input) {
        exchange.getMessage().setBody(input);
        exchange.setProperty(
                STEP,
                switch (input) {
                    case PatientSummaryGet get -> "patient.summary";
                    case DocumentGet get -> "document.get";
                    case DocumentSearch search -> "document.search";
                    default -> "patient.search";
                });
    }

    private static void hits(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof ToolResult.Ok<?> ok
                && ok.value() instanceof ListAnswer<?> list) {
            var source = list.sources().getFirst();
            var hits = list.items().stream().map(ConnectorRoutes::hit).toList();
            var page = new Page<>(
                    hits, source.total(), list.cursor(), list.warnings(), list.cursor() == null && !list.complete());
            exchange.getMessage().setBody(new ToolResult.Ok<>(page, new Provenance(source.ehr(), source.asOf(), null)));
        }
    }

    private static Hit hit(Record row) {
        return switch (row) {
            case PatientMatch person ->
                hit(person.patient(), person.name(), person.birthDate(), person.gender(), person.city());
            case Document document ->
                hit(
                        document.ref(),
                        document.title() == null ? document.type() : document.title(),
                        document.at(),
                        document.author());
            default -> throw new IllegalStateException("A search finds patients or documents");
        };
    }

    private static Hit hit(Reference id, @Nullable String... words) {
        return new Hit(id, title(id, words), url(id));
    }

    /** What is known of a record; its reference where nothing is. */
    private static String title(Reference id, @Nullable String... words) {
        var known = Stream.of(words).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return known.isBlank() ? id.toString() : known;
    }

    /** ChatGPT cites by URL; this one names the record and leads nowhere. */
    private static String url(Reference id) {
        return "ehrhub:" + id;
    }

    private void fetched(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof ToolResult.Ok<?> ok) {
            var fetched = switch (ok.value()) {
                case PatientSummary chart -> chart(chart);
                case DocumentText document -> document(document);
                default -> throw new IllegalStateException("A fetch reads a patient or a document");
            };
            exchange.getMessage().setBody(new ToolResult.Ok<>(fetched, ok.from(), ok.warnings()));
        }
    }

    private Fetched chart(PatientSummary chart) {
        var id = chart.patient().patient();
        var title = title(id, chart.patient().name(), chart.patient().birthDate());
        var whole = chart.more().isEmpty() && chart.missing().isEmpty();
        return new Fetched(id, title, json.wire().writeValueAsString(chart), url(id), whole ? null : Boolean.TRUE);
    }

    private static Fetched document(DocumentText document) {
        var title = title(
                document.ref(),
                document.title() == null ? document.type() : document.title(),
                document.at(),
                document.author());
        return new Fetched(
                document.ref(),
                title,
                document.text(),
                url(document.ref()),
                document.next() == null ? null : Boolean.TRUE);
    }
}
