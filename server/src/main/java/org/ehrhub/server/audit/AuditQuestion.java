package org.ehrhub.server.audit;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ehrhub.store.BreakGlassReasons;
import org.ehrhub.store.audit.AuditExport;
import org.ehrhub.store.audit.AuditLog;
import org.ehrhub.store.audit.AuditProof;
import org.ehrhub.store.audit.AuditQuery;
import org.ehrhub.store.audit.AuditRecord;
import org.ehrhub.store.audit.AuditSource;
import org.ehrhub.store.audit.AuditSyslog;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the trail.
 *
 * @param verb verify, search or export
 * @param options the values of {@code --name value}, which narrow a search or an export
 */
public record AuditQuestion(String verb, Map<String, String> options) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException in words for whoever asked
     */
    public AuditQuestion {
        options = Map.copyOf(options);
        if (!List.of("verify", "search", "export").contains(verb)) {
            throw new IllegalArgumentException("`audit` needs one of verify, search, export; see `ehr-hub help`");
        }
        time(options.get("--from"));
        time(options.get("--to"));
        form(options.getOrDefault("--format", "ndjson"));
    }

    /**
     * Answers with lines of text.
     *
     * @return whether all is well: nothing was found that is wrong with the trail, and all lines were written
     * @throws java.io.UncheckedIOException when the trail cannot be read
     */
    public boolean answer(AuditSource source, BreakGlassReasons reasons, PrintWriter out) {
        var well = switch (verb) {
            case "verify" -> verify(source, out);
            case "search" -> print(source, record -> List.of(shown(record, reasons.of(record))), out);
            default -> print(source, form(options.getOrDefault("--format", "ndjson")), out);
        };
        return !out.checkError() && well;
    }

    private static boolean verify(AuditSource source, PrintWriter out) {
        var result = AuditProof.of(source);
        for (var chain : result.chains()) {
            out.print("hub " + chain.node()
                    + (chain.node().equals(source.place().node()) ? " (this one)" : "") + ": " + chain.records()
                    + " records, the last is " + chain.last() + ", signed up to " + chain.signed() + "\n");
        }
        result.findings().forEach(finding -> out.print(finding + "\n"));
        var well = result.findings().isEmpty();
        out.print((well ? "The audit trail is as it was kept" : "THE AUDIT TRAIL WAS ALTERED") + "\n");
        return well;
    }

    private boolean print(AuditSource source, Function<AuditRecord, List<String>> form, PrintWriter out) {
        source.settle();
        new AuditLog(source.database())
                .forEach(query(source), record -> form.apply(record).forEach(text -> out.print(text + "\n")));
        return true;
    }

    private AuditQuery query(AuditSource source) {
        var patient = options.get("--patient");
        return new AuditQuery(
                options.get("--node"),
                options.get("--subject"),
                options.get("--tool"),
                options.get("--ehr"),
                patient == null ? null : source.place().keys().patient(patient),
                options.get("--record"),
                time(options.get("--from")),
                time(options.get("--to")));
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            if (text == null) {
                return null;
            }
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--from and --to need a day, 2026-03-01, or a time, 2026-03-01T08:00:00Z (UTC)");
        }
    }

    private static Function<AuditRecord, List<String>> form(String name) {
        var export = new AuditExport();
        var syslog = new AuditSyslog();
        return switch (name) {
            case "ndjson" -> record -> List.of(export.line(record));
            case "fhir" -> export::auditEvents;
            case "syslog" -> record -> List.of(syslog.line(record));
            default -> throw new IllegalArgumentException("--format needs ndjson, fhir or syslog");
        };
    }

    private static String shown(AuditRecord record, String reason) {
        return String.join(
                "  ",
                record.at().toString(),
                record.principal(),
                record.tool(),
                record.stage(),
                record.ehrs(),
                record.outcome(),
                reason.isEmpty() ? record.callId() : record.callId() + "  " + reason);
    }
}
