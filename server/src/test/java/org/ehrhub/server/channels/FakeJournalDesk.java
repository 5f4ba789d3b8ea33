package org.ehrhub.server.channels;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.adapters.journal.JournalQuery;

/** A journal's desk over messages that a test names; it knows no terms. */
final class FakeJournalDesk implements JournalDesk {
    private final Map<Long, JournalEntry> entries = new TreeMap<>(Comparator.reverseOrder());
    private final List<JournalQuery> queries = new ArrayList<>();

    synchronized void put(long id, String channel, State state, Instant kept) {
        entries.put(id, new JournalEntry(id, channel, state, state == State.WAITING ? 0 : 1, 100, kept, kept, null));
    }

    synchronized List<JournalQuery> queries() {
        return List.copyOf(queries);
    }

    @Override
    public synchronized List<JournalEntry> search(JournalQuery query) {
        queries.add(query);
        return entries.values().stream()
                .filter(entry -> query.channel() == null || query.channel().equals(entry.channel()))
                .filter(entry -> query.ids().isEmpty() || query.ids().contains(entry.id()))
                .filter(entry -> query.states().isEmpty() || query.states().contains(entry.state()))
                .filter(entry -> query.from() == null || !entry.kept().isBefore(query.from()))
                .limit(query.most())
                .toList();
    }

    @Override
    public Optional<byte[]> content(long id) {
        return Optional.of(
                ("MSH|^~\\&|A|B|||||ADT^A01|" + id + "|P|2.5\rPID|1||\u001B[2J^\r").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized int replay(JournalQuery query) {
        var again = search(query).stream()
                .filter(entry -> entry.state() == State.DEAD || entry.state() == State.DONE)
                .toList();
        again.forEach(entry -> put(entry.id(), entry.channel(), State.WAITING, entry.kept()));
        return again.size();
    }

    @Override
    public synchronized Map<String, ChannelState> channels() {
        return Map.of("lab", new ChannelState(2, 1, 1, 7, Instant.parse("2026-03-01T07:55:00Z")));
    }
}
