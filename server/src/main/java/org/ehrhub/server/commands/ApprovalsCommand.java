package org.ehrhub.server.commands;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.approvals.DeskClient;
import org.ehrhub.server.approvals.DeskTalk;
import org.ehrhub.server.approvals.DeskTalk.Answer;
import org.ehrhub.server.approvals.DeskTalk.Question;
import org.ehrhub.server.config.Configuration;

/** Shows and decides what agents ask for, as the operating-system user. */
final class ApprovalsCommand implements Command {
    static final Set<String> OPTIONS = Set.of("--config", "--reason");

    private static final String USE =
            "Use: ehr-hub approvals list, show ID, approve ID, reject ID [--reason WORDS], or link";

    @Override
    public int run(CommandLine line) throws IOException, InterruptedException {
        var question = question(line);
        var dataDir = Configuration.dataDir(line.configuration());
        return switch (HubAccess.find(
                dataDir, socket -> DeskClient.ask(DataDirectory.approvalSocket(dataDir), question))) {
            case HubAccess.Attached<Answer>(var answer) -> print(answer);
            case HubAccess.Owner<Answer>(var directory) -> {
                var configuration = Configurations.load(line.configuration(), directory);
                try (var hub = StartingHub.of(configuration.withoutChannels(), directory)) {
                    var talk = new DeskTalk(
                            () -> hub.await().desk(), () -> List.of("No hub runs; the page is there once one does"));
                    yield print(talk.answer(
                            question,
                            configuration.settings().caller().callers().localUser()));
                }
            }
        };
    }

    private static Question question(CommandLine line) {
        var words = line.operands();
        var reason = line.options().get("--reason");
        if (words.size() == 1 && Set.of("list", "link").contains(words.getFirst())) {
            return new Question(words.getFirst(), null, null);
        }
        if (words.size() == 2 && Set.of("show", "approve", "reject").contains(words.getFirst())) {
            return new Question(words.getFirst(), words.get(1), reason);
        }
        throw new UsageProblem(USE);
    }

    private static int print(Answer answer) {
        answer.lines().forEach(Terminal::print);
        return answer.done() ? DONE : FAILED;
    }
}
