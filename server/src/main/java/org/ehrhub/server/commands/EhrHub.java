package org.ehrhub.server.commands;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.server.config.ConfigurationRefused;

/** The command {@code ehr-hub}. */
public final class EhrHub {
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
            var known = Subcommand.named(name)
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

    /** The subcommands; each makes its classes load only when it runs. */
    private enum Subcommand {
        START("start", Set.of("--port", "--config"), line -> new StartCommand().run(line)),
        STDIO("stdio", Set.of("--config"), line -> new StdioCommand().run(line)),
        CALL("call", Set.of("--config"), line -> new CallCommand().run(line)),
        CHECK("check", Set.of("--config"), line -> new CheckCommand().run(line)),
        REHEARSE("rehearse", Set.of("--port", "--config"), line -> new RehearseCommand().run(line)),
        HELP("help", Set.of(), line -> new HelpCommand().run(line)),
        VERSION("version", Set.of(), line -> {
            Terminal.print("ehr-hub " + Version.current());
            return Command.DONE;
        });

        private final String word;
        private final Set<String> options;
        private final Command command;

        Subcommand(String word, Set<String> options, Command command) {
            this.word = word;
            this.options = options;
            this.command = command;
        }

        static Optional<Subcommand> named(String word) {
            var plain = word.equals("--help") || word.equals("-h") ? "help" : word.equals("--version") ? "version" : word;
            return Arrays.stream(values()).filter(one -> one.word.equals(plain)).findFirst();
        }

        Set<String> options() {
            return options;
        }

        Command command() {
            return command;
        }
    }
}
