package org.ehrhub.routes.fakes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.policy.PatientContext;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.ehrs.EhrTools;
import org.ehrhub.tools.patients.PatientMatch;

/**
 * An EHR, {@code alpha}, that labels what it holds. Patients whose id begins with {@code closed} are restricted, those with
 * {@code absent} do not exist, and {@code hidden-restricted} is a restricted record of the open chart. Each list holds an ordinary row, one for each reason to be sensitive ({@code HIDDEN_HIV} in
 * every text of it) and one of somebody else ({@code FOREIGN}); so do the lists within a record.
 */
public final class GuardedEhr implements EhrAdapter {
    /** A chart like others. */
    public static final Reference OPEN = Reference.parse("alpha/Patient/open");
    /** A restricted chart. */
    public static final Reference CLOSED = Reference.parse("alpha/Patient/closed");
    /** Somebody else. */
    public static final Reference OTHER = Reference.parse("alpha/Patient/other");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile ChartAccess.Consent consent = ChartAccess.Consent.SILENT;
    private volatile Optional<ToolResult.Failed<Page<ChartAccess.Chart>>> trouble = Optional.empty();

    /** It under its name. */
    public EhrRegistry.Entry entry() {
        return new EhrRegistry.Entry("alpha", "guarded", this);
    }

    /** What was asked of it, tools by name and charts as {@code chart ID}. */
    public List<String> asked() {
        return asked;
    }

    /** What each patient says from now on. */
    public void consents(ChartAccess.Consent next) {
        consent = next;
    }

    /** From now on it cannot say how it holds charts. */
    public void failsAtCharts(ToolResult.Failed<Page<ChartAccess.Chart>> how) {
        trouble = Optional.of(how);
    }

    @Override
    public ToolHandlers handlers() {
        var builder = ToolHandlers.builder();
        for (var tool : ToolCatalog.canonical().tools()) {
            switch (tool) {
                case CanonicalTool.Read<?, ?> read when !read.isConnector() -> read(builder, read);
                case CanonicalTool.Listing<?, ?> list
                when !list.isConnector() && !list.equals(EhrTools.LIST) -> list(builder, list);
                default -> {}
            }
        }
        return builder.build();
    }

    @Override
    public Optional<ChartAccess> charts() {
        return Optional.of(new Doors());
    }

    private final class Doors implements ChartAccess {
        @Override
        public ToolResult<Page<Chart>> ask(Question question, CallContext call) {
            question.patients().forEach(patient -> asked.add("chart " + patient.id()));
            if (trouble.isPresent()) {
                return trouble.get();
            }
            var there = question.patients().stream()
                    .filter(patient -> !patient.id().startsWith("absent"))
                    .peek(patient -> note(patient, call))
                    .map(patient -> new Chart(patient, question.consents() ? consent : Consent.SILENT))
                    .toList();
            return ok(Page.all(there));
        }

        /** A record whose id begins as that of a patient is that patient's; FHIR is of the one whose id it is. */
        @Override
        public ToolResult<Page<Owned>> owners(Written written, CallContext call) {
            var owned = new ArrayList<Owned>();
            for (var record : written.records()) {
                asked.add("owner " + record.id());
                if (record.id().startsWith("absent")) {
                    return ToolResult.notFound();
                }
                if (record.id().startsWith("unclear")) {
                    return ToolResult.failed(ErrorCode.DENIED, "Nobody knows whose it is.", "Ask.");
                }
                if (record.id().equals("hidden-restricted")) {
                    note(record, call);
                }
                owned.add(new Owned(record, Set.of(record.id().startsWith("closed") ? CLOSED : OPEN)));
            }
            written.fhir()
                    .forEach(json ->
                            owned.add(new Owned(null, Set.of(json.text().contains("closed") ? CLOSED : OPEN))));
            return ok(Page.all(owned));
        }
    }

    @Override
    public Health probe(Duration limit) {
        return new Health.Up();
    }

    @Override
    public void close() {}

    private <I extends Record, O extends Record> void read(
            ToolHandlers.Builder builder, CanonicalTool.Read<I, O> tool) {
        builder.on(tool, (input, call) -> {
            asked.add(tool.name());
            var named = named(input);
            note(named, call);
            hidden(call);
            var owner = named.type().equals("Patient") ? named : OPEN;
            return named.id().startsWith("absent")
                    ? ToolResult.notFound()
                    : ok(new Marks(owner, named, word(named), hiddenRows(owner)).filled(tool.output()));
        });
    }

    private <I extends Record & ListInput, O extends Record> void list(
            ToolHandlers.Builder builder, CanonicalTool.Listing<I, O> tool) {
        builder.onList(tool, (input, call) -> {
            asked.add(tool.name());
            var named = named(input);
            var owner = named.type().equals("Patient") ? named : OPEN;
            note(owner, call);
            note(CLOSED, call);
            hidden(call);
            return ok(Page.all(
                    tool.output() == PatientMatch.class
                            ? Stream.of(OPEN, CLOSED)
                                    .map(one -> new Marks(one, one, word(one)).filled(tool.output()))
                                    .toList()
                            : (PatientContext.isAboutNobody(tool) ? rows(owner).subList(0, 1) : rows(owner))
                                    .stream()
                                            .map(row -> row.filled(tool.output()))
                                            .toList()));
        });
    }

    private static List<Marks> rows(Reference owner) {
        var rows = new ArrayList<>(List.of(new Marks(owner, Reference.parse("alpha/Basic/plain"), word(owner))));
        rows.addAll(hiddenRows(owner));
        rows.add(new Marks(OTHER, Reference.parse("alpha/Basic/foreign"), "FOREIGN"));
        return rows;
    }

    private static List<Marks> hiddenRows(Reference owner) {
        return Stream.of(Sensitivity.values())
                .map(reason -> new Marks(owner, reference(reason), "HIDDEN_" + reason))
                .toList();
    }

    private static String word(Reference of) {
        return of.id().startsWith("closed") ? "HIDDEN_CLOSED" : "MARK";
    }

    /** A record that is sensitive for one reason. */
    public static Reference reference(Sensitivity reason) {
        return new Reference(
                "alpha",
                "Basic",
                "hidden-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static void hidden(CallContext call) {
        EnumSet.allOf(Sensitivity.class).forEach(reason -> call.sensitive().note(reference(reason), Set.of(reason)));
    }

    private static void note(Reference named, CallContext call) {
        if (named.id().equals("hidden-restricted") || named.id().startsWith("closed")) {
            call.sensitive().note(named, Set.of(Sensitivity.RESTRICTED));
        }
    }

    /** The first record that the input names; the open chart where it names none. */
    private static Reference named(Record input) {
        return Stream.of(input.getClass().getRecordComponents())
                .filter(component -> component.getType() == Reference.class)
                .map(component -> {
                    try {
                        return (Reference) component.getAccessor().invoke(input);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(reference -> reference != null)
                .findFirst()
                .orElse(OPEN);
    }

    private static <O extends Record> ToolResult<O> ok(O value) {
        return new ToolResult.Ok<>(value, new Provenance("alpha", Instant.EPOCH, null));
    }
}
