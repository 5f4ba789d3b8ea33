package org.ehrhub.server.channels;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.server.channels.MessageTalk.Line;
import org.ehrhub.server.channels.MessageTalk.Lines;
import org.ehrhub.tools.Caller;

/** Follows the messages of a channel, or of all: each as it is kept, and as its state changes, until whoever asked goes away. */
final class MessageTail {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration OVERLAP = Duration.ofSeconds(2);
    private static final int MOST = 1000;

    private final MessageDesk desk;
    private final Map<String, String> options;
    private final Caller person;
    private final Map<Long, JournalEntry> open = new HashMap<>();
    private final Map<Long, JournalEntry> finished = new HashMap<>();
    private final Set<Long> fresh = new HashSet<>();
    private Instant from;

    MessageTail(MessageDesk desk, Map<String, String> options, Caller person) {
        this.desk = desk;
        this.options = options;
        this.person = person;
        this.from = desk.clock().instant();
    }

    void follow(InputStream in, Lines lines) throws IOException {
        desk.search(person, query(Set.of(), 1)); // on the record, once
        var gone = new CountDownLatch(1);
        Thread.ofVirtual().name("tail-end").start(() -> await(in, gone));
        do {
            look(lines);
        } while (!isGone(gone));
    }

    /** The other side says no more; when it ends, or the hub does, there is nobody to tell. */
    private static void await(InputStream in, CountDownLatch gone) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // as good as its end
        } finally {
            gone.countDown();
        }
    }

    private static boolean isGone(CountDownLatch gone) throws IOException {
        try {
            return gone.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void look(Lines lines) throws IOException {
        var changed = new TreeMap<Long, JournalEntry>();
        var came = desk.follow(query(Set.of(), MOST));
        came.forEach(entry -> note(entry, changed));
        if (came.size() == MOST) {
            lines.write(Line.of("(more came than can be shown; `hl7v2 search` has them all)"));
        }
        if (!open.isEmpty()) {
            desk.follow(query(new HashSet<>(open.keySet()), open.size())).forEach(entry -> note(entry, changed));
        }
        for (var entry : changed.values()) {
            lines.write(shown(entry));
        }
        fresh.clear();
        if (!came.isEmpty()) {
            from = came.getFirst().kept().minus(OVERLAP);
        }
        finished.values().removeIf(entry -> entry.kept().isBefore(from));
    }

    private void note(JournalEntry entry, Map<Long, JournalEntry> changed) {
        var known = finished.containsKey(entry.id()) ? finished.get(entry.id()) : open.get(entry.id());
        if (known != null && known.state() == entry.state() && known.attempts() == entry.attempts()) {
            return;
        }
        changed.put(entry.id(), entry);
        if (known == null) {
            fresh.add(entry.id());
        }
        boolean ended = entry.state() == State.DONE || entry.state() == State.DEAD;
        if (ended || open.size() < MOST) {
            (ended ? finished : open).put(entry.id(), entry);
        }
        (ended ? open : finished).remove(entry.id());
    }

    /** The content once, as the message is first seen. */
    private Line shown(JournalEntry entry) {
        boolean wanted = options.containsKey("--content") && fresh.contains(entry.id());
        var content = wanted ? desk.content(person, entry, false).orElse(null) : null;
        return new Line(MessageRows.row(entry), content, null, null);
    }

    private JournalQuery query(Set<Long> ids, int most) {
        return new JournalQuery(
                options.get("--channel"), ids, Set.of(), ids.isEmpty() ? from : null, null, List.of(), most);
    }
}
