package org.ehrhub.server.commands;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.ehrhub.routes.approvals.VisibleText;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.channels.MessageTalk.End;
import org.ehrhub.server.channels.MessageTalk.Line;
import org.ehrhub.server.channels.MessageTalk.Question;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.TalkLines;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Asks the hub that runs on the data directory about its messages, at its local socket. */
final class JournalCommands {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path dataDir;
    private final String verb;
    private final Map<String, String> options;
    private final Consumer<String> out;

    /** One of the commands; what the hub says goes there line by line. */
    JournalCommands(CommandLine line, String verb, Consumer<String> out) {
        this.out = out;
        this.dataDir = Configuration.dataDir(line.configuration());
        this.verb = verb;
        this.options = new HashMap<>(line.options());
        this.options.remove("--config");
    }

    int run(List<String> operands) throws IOException {
        if (verb.equals("import")) {
            return keep(operands);
        }
        if (!operands.isEmpty()) {
            throw new UsageProblem("`hl7v2 " + verb + "` takes no further words");
        }
        if (verb.equals("export")) {
            var folder = folder(options.remove("--to"));
            return ask(null, line -> write(line, folder));
        }
        return ask(null, this::show);
    }

    /** What is done with a line of the answer. */
    private interface Shown {
        void show(Line line) throws IOException;
    }

    private int ask(byte @Nullable [] content, Shown shown) throws IOException {
        var question = JSON.writeValueAsString(new Question(verb, options, content));
        var asked = TalkLines.ask(DataDirectory.messageSocket(dataDir), question);
        if (asked.isEmpty()) {
            throw new UsageProblem("No hub with channels runs on the data directory " + dataDir
                    + ": start one (`ehr-hub start`) whose configuration has `channels`, see docs/operations.md");
        }
        try (var lines = asked.get()) {
            for (var text = lines.next(); text != null; text = lines.next()) {
                var line = JSON.readValue(text, Line.class);
                if (line.end() == End.REFUSED) {
                    throw new UsageProblem(String.valueOf(line.text()));
                }
                shown.show(line);
                if (line.end() != null) {
                    return line.end() == End.DONE ? Command.DONE : Command.FAILED;
                }
            }
        }
        out.accept("The hub has stopped");
        return Command.FAILED;
    }

    private void show(Line line) {
        if (line.text() != null) {
            out.accept(VisibleText.of(line.text()));
        }
        if (line.content() != null) {
            out.accept(shown(line.content()));
        }
    }

    /** A segment a line, set in so that none looks like a line of the hub's; what a terminal would act on is spelled out. */
    static String shown(byte[] content) {
        var text = text(content).replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
        return ("\n" + VisibleText.of(text)).replace("\n", "\n    ").substring(1);
    }

    private static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    private static Path folder(@Nullable String named) throws IOException {
        if (named == null) {
            throw new UsageProblem("export needs --to FOLDER, where the messages are written");
        }
        return Files.createDirectories(CallersFolder.resolve(named));
    }

    private void write(Line line, Path folder) throws IOException {
        if (line.content() == null) {
            show(line);
            return;
        }
        var name = Objects.requireNonNull(line.name(), "A message has a name");
        if (!name.matches("[a-z0-9-]+\\.hl7")) {
            throw new IOException("The hub names a file in a way that it should not");
        }
        var file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, line.content(), StandardOpenOption.WRITE);
        out.accept(file.toString());
    }

    private int keep(List<String> files) throws IOException {
        if (files.isEmpty() || !options.keySet().equals(Set.of("--channel"))) {
            throw new UsageProblem("Use: ehr-hub hl7v2 import FILE... --channel NAME");
        }
        int exit = Command.DONE;
        for (var file : files) {
            exit = Math.max(exit, keep(file));
        }
        return exit;
    }

    private int keep(String file) throws IOException {
        int exit = Command.DONE;
        for (var message : MessageFiles.read(file)) {
            exit = Math.max(exit, ask(message.content(), line -> out.accept(message.name() + "  " + line.text())));
        }
        return exit;
    }
}
