package org.ehrhub.server.commands;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Optional;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.audit.AuditClient;
import org.ehrhub.server.audit.AuditQuestion;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.store.BreakGlassReasons;
import org.ehrhub.store.Database;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.AuditSource;

/** Proves, searches and exports the audit trail: by the hub that runs on the data directory, else from its store. */
final class AuditCommand implements Command {
    @Override
    public int run(CommandLine line) throws IOException {
        try {
            var options = new HashMap<>(line.options());
            options.remove("--config");
            var verb = line.operands().size() == 1 ? line.operands().getFirst() : "";
            return run(line, new AuditQuestion(verb, options)) ? DONE : FAILED;
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(String.valueOf(e.getMessage()));
        }
    }

    private static boolean run(CommandLine line, AuditQuestion question) throws IOException {
        var settings = Configurations.load(line.configuration()).settings();
        var path = settings.dataDir();
        if (Files.notExists(path)) {
            throw new UsageProblem("There is no data directory " + path + ", so there is no audit trail yet");
        }
        var running = AuditClient.ask(DataDirectory.auditSocket(path), question, Terminal.out());
        return running.isPresent() ? running.get() : own(settings, question);
    }

    private static boolean own(HubConfig settings, AuditQuestion question) {
        var directory = owned(settings);
        var store = settings.store().settings(settings.dataDir());
        try (var database = Database.open(store)) {
            var out = new PrintWriter(
                    new BufferedWriter(new OutputStreamWriter(Terminal.out(), StandardCharsets.UTF_8)), false);
            var well = question.answer(
                    AuditSource.atRest(database, AuditPlace.in(settings.dataDir())),
                    BreakGlassReasons.in(store, settings.dataDir()),
                    out);
            out.flush();
            return well;
        } finally {
            directory.ifPresent(DataDirectory::close);
        }
    }

    /** A shared database is read beside a hub that does not answer. */
    private static Optional<DataDirectory> owned(HubConfig settings) {
        var path = settings.dataDir();
        var owned = DataDirectory.own(path);
        if (owned.isEmpty() && settings.store().url() == null) {
            throw new UsageProblem("A hub owns the data directory " + path
                    + " but does not answer; it may be starting: try again, or stop it first");
        }
        return owned;
    }
}
