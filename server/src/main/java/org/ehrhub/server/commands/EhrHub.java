package org.ehrhub.server.commands;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.server.config.ConfigurationRefused;

/** The command {@code ehr-hub}. */
public final class EhrHub {
    private static final Set<String> AUDIT = Set.of(
            "--config",
            "--node",
            "--subject",
            "--tool",
            "--ehr",
            "--patient",
            "--record",
            "--from",
            "--to",
            "--format");

    private EhrHub() {}

    /** Runs a subcommand and exits with its code. */
    public static void main(String[] words) {
        // Before anything can print: standard output belongs to MCP and to answers.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        var exit = run(List.of(words));
        System.err.flush();
        Runtime.getRuntime().exit(exit);
    }

    static int run(List<String> words) {
        var name = words.isEmpty() ? "help" : words.getFirst();
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            var known = subcommand(name)
                    .orElseThrow(() -> new UsageProblem("There is no command `" + name + "`; see `ehr-hub help`"));
            return known.command().run(CommandLine.of(name, rest, known.options()));
        } catch (UsageProblem e) {
            System.err.println("ehr-hub: " + e.getMessage());
        } catch (ConfigurationRefused e) {
            System.err.println("ehr-hub: the configuration has problems:");
            System.err.println(e.getMessage());
        } catch (Exception e) {
            StartFailure.explain(e).forEach(System.err::println);
        }
        return Command.REFUSED;
    }

    /** The subcommands; the classes of each load only when it runs. */
    private static Optional<Subcommand> subcommand(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "start" -> new Subcommand(Set.of("--port", "--config"), line -> new StartCommand().run(line));
                    case "stdio" -> new Subcommand(Set.of("--config"), line -> new StdioCommand().run(line));
                    case "call" -> new Subcommand(Set.of("--config"), line -> new CallCommand().run(line));
                    case "audit" -> new Subcommand(AUDIT, line -> new AuditCommand().run(line));
                    case "approvals" ->
                        new Subcommand(ApprovalsCommand.OPTIONS, line -> new ApprovalsCommand().run(line));
                    case "hl7v2" -> new Subcommand(Hl7v2Command.OPTIONS, line -> new Hl7v2Command().run(line));
                    case "check" -> new Subcommand(Set.of("--config"), line -> new CheckCommand().run(line));
                    case "policy" -> new Subcommand(PolicyCommand.OPTIONS, line -> new PolicyCommand().run(line));
                    case "rehearse" ->
                        new Subcommand(Set.of("--port", "--config"), line -> new RehearseCommand().run(line));
                    case "help", "--help", "-h" -> new Subcommand(Set.of(), line -> new HelpCommand().run(line));
                    case "version", "--version" -> new Subcommand(Set.of(), EhrHub::version);
                    default -> null;
                });
    }

    private static int version(CommandLine line) {
        Terminal.print("ehr-hub " + Version.current());
        return Command.DONE;
    }

    private record Subcommand(Set<String> options, Command command) {}
}
