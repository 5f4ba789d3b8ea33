package org.ehrhub.server.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.server.corpus.Corpus.Sample;

/** Sends a corpus through a hub; what the journal and the receiver then have must be what was sent, byte for byte. */
final class CorpusRun {
    private static final Duration UNANSWERED = Duration.ofMillis(200);

    private final Corpus corpus;
    private final List<String> differences = new ArrayList<>();
    private int kept;
    private int delivered;

    CorpusRun(Corpus corpus) {
        this.corpus = corpus;
    }

    void run(Path folder) throws IOException, InterruptedException {
        try (var hub = new CorpusHub(folder, corpus.rounds())) {
            for (int round = 0; round < corpus.rounds(); round++) {
                round(hub, round);
            }
        }
    }

    private void round(CorpusHub hub, int round) throws InterruptedException {
        var sent = corpus.round(round);
        try (var client = client(hub.port(round), Duration.ofSeconds(30));
                var unanswered = client(hub.port(round), UNANSWERED)) {
            for (var sample : sent) {
                send(sample.answered() ? client : unanswered, sample);
            }
        }
        kept += inOrder(sent, hub.kept(round, sent.size() + 1));
        delivered += inAnyOrder(sent, hub.received(round, sent.size()));
    }

    private static MllpClient client(int port, Duration limit) {
        var usual = ClientSettings.to("127.0.0.1", port);
        return new MllpClient(new ClientSettings(
                usual.host(),
                usual.port(),
                1,
                usual.connectLimit(),
                limit,
                usual.mostBytes(),
                null,
                true,
                null,
                usual.reconnect(),
                null,
                List.of(),
                null));
    }

    private void send(MllpClient client, Sample sample) {
        boolean well = switch (client.send(sample.content())) {
            case Delivery.Acknowledged answered ->
                sample.answered() && answered.acknowledgement().code().isAccept();
            case Delivery.NotSent not -> false;
            case Delivery.Unknown unknown -> !sample.answered();
        };
        if (!well) {
            differences.add(sample.name() + ": its sender was not answered as it should be");
        }
    }

    /** How many of them the journal has, each in its place. */
    private int inOrder(List<Sample> sent, List<byte[]> got) {
        int same = 0;
        for (int i = 0; i < sent.size(); i++) {
            if (i < got.size() && Arrays.equals(sent.get(i).content(), got.get(i))) {
                same++;
            } else {
                differences.add(sent.get(i).name() + ": the journal has "
                        + (i < got.size() ? "other bytes, or another message in its place" : "nothing of it"));
            }
        }
        tooMany("the journal", got.size() - sent.size());
        return same;
    }

    /** How many of them the receiver has, each once: only messages of one patient keep their order. */
    private int inAnyOrder(List<Sample> sent, List<byte[]> got) {
        var left = new ArrayList<>(got);
        int same = 0;
        for (var sample : sent) {
            int at = indexOf(left, sample.content());
            if (at >= 0) {
                left.remove(at);
                same++;
            } else {
                differences.add(sample.name() + ": the receiver has nothing that is the same");
            }
        }
        tooMany("the receiver", left.size() - (sent.size() - same));
        return same;
    }

    private static int indexOf(List<byte[]> all, byte[] one) {
        for (int i = 0; i < all.size(); i++) {
            if (Arrays.equals(all.get(i), one)) {
                return i;
            }
        }
        return -1;
    }

    private void tooMany(String where, int count) {
        if (count > 0) {
            differences.add(where + " has " + count + " messages too many");
        }
    }

    /** What differs, by name and never by content; nothing where all is well. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    /** The figures. */
    String summary(Duration took) {
        return corpus.files() + " files, " + corpus.messages().size() + " messages: " + kept
                + " the same in the journal, " + delivered + " the same at the receiver, " + differences.size()
                + " differences; " + corpus.others().size() + " others; " + took.toMillis() + " ms on "
                + corpus.rounds() + " channels";
    }
}
