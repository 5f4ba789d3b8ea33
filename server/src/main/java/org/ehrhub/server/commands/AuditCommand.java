package org.ehrhub.server.commands;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.store.Database;
import org.ehrhub.store.audit.AuditExport;
import org.ehrhub.store.audit.AuditLog;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.AuditProof;
import org.ehrhub.store.audit.AuditQuery;
import org.ehrhub.store.audit.AuditRecord;
import org.ehrhub.store.audit.AuditSyslog;
import org.jspecify.annotations.Nullable;

/** Proves, searches and exports the audit trail. A store that one hub alone uses is read while that hub does not run. */
final class AuditCommand implements Command {
    private static final String USAGE = "`audit` needs one of verify, search, export; see `ehr-hub help`";

    @Override
    public int run(CommandLine line) throws IOException {
        if (line.operands().size() != 1) {
            throw new UsageProblem(USAGE);
        }
        return switch (line.operands().getFirst()) {
            case "verify" -> with(line, AuditCommand::verify);
            case "search" -> with(line, trail -> print(trail, line, record -> List.of(shown(record))));
            case "export" -> with(line, trail -> print(trail, line, form(line)));
            default -> throw new UsageProblem(USAGE);
        };
    }

    private record Trail(Database database, AuditPlace place) {}

    private static int with(CommandLine line, Function<Trail, Integer> work) throws IOException {
        var settings = Configurations.load(line.configuration()).settings();
        var directory = owned(settings);
        try (var database = Database.open(settings.store().settings(settings.dataDir()))) {
            return work.apply(new Trail(database, AuditPlace.in(settings.dataDir())));
        } finally {
            directory.ifPresent(DataDirectory::close);
        }
    }

    /** A shared database is read beside the hub that runs. */
    private static Optional<DataDirectory> owned(HubConfig settings) throws IOException {
        var path = settings.dataDir();
        if (Files.notExists(path)) {
            throw new UsageProblem("There is no data directory " + path + ", so there is no audit trail yet");
        }
        var owned = DataDirectory.own(path);
        if (owned.isEmpty() && settings.store().url() == null) {
            throw new UsageProblem(
                    "A hub runs on the data directory " + path
                            + "; stop it first, or copy the stopped directory: the trail is in a file that one process may open");
        }
        return owned;
    }

    private static int verify(Trail trail) {
        var result = AuditProof.of(trail.database(), trail.place());
        for (var chain : result.chains()) {
            Terminal.print("hub " + chain.node()
                    + (chain.node().equals(trail.place().node()) ? " (this one)" : "") + ": " + chain.records()
                    + " records, the last is " + chain.last() + ", signed up to " + chain.signed());
        }
        result.findings().forEach(Terminal::print);
        Terminal.print(
                result.findings().isEmpty() ? "The audit trail is as it was kept" : "THE AUDIT TRAIL WAS ALTERED");
        return result.findings().isEmpty() ? DONE : FAILED;
    }

    private static int print(Trail trail, CommandLine line, Function<AuditRecord, List<String>> form) {
        var out = new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(Terminal.out(), StandardCharsets.UTF_8)), false);
        Consumer<AuditRecord> each = record -> form.apply(record).forEach(text -> out.print(text + "\n"));
        new AuditLog(trail.database()).forEach(query(trail, line), each);
        out.flush();
        return out.checkError() ? FAILED : DONE;
    }

    private static AuditQuery query(Trail trail, CommandLine line) {
        var options = line.options();
        var patient = options.get("--patient");
        return new AuditQuery(
                options.get("--node"),
                options.get("--subject"),
                options.get("--tool"),
                options.get("--ehr"),
                patient == null ? null : trail.place().keys().patient(patient),
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
            throw new UsageProblem("--from and --to need a day, 2026-03-01, or a time, 2026-03-01T08:00:00Z (UTC)");
        }
    }

    private static Function<AuditRecord, List<String>> form(CommandLine line) {
        var export = new AuditExport();
        var syslog = new AuditSyslog();
        return switch (line.options().getOrDefault("--format", "ndjson")) {
            case "ndjson" -> record -> List.of(export.line(record));
            case "fhir" -> export::auditEvents;
            case "syslog" -> record -> List.of(syslog.line(record));
            default -> throw new UsageProblem("--format needs ndjson, fhir or syslog");
        };
    }

    private static String shown(AuditRecord record) {
        return String.join(
                "  ",
                record.at().toString(),
                record.principal(),
                record.tool(),
                record.stage(),
                record.ehrs(),
                record.outcome(),
                record.callId());
    }
}
