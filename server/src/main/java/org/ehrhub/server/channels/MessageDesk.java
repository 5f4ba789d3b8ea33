package org.ehrhub.server.channels;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Where the people who run the interfaces look for messages, read them, and have them worked again. Who looked at what, and who did
 * what for which reason, is in the audit trail before it happens; where it cannot be kept, nothing is shown or done.
 */
public final class MessageDesk {
    private static final int NAMED = 100;
    private static final String OK = "journal=ok";

    private final JournalDesk journal;
    private final Intake intake;
    private final Destinations destinations;
    private final Set<String> channels;
    private final Trail trail;

    /** Keeps a message as if it had been received. */
    @FunctionalInterface
    public interface Intake {
        /** The code that its sender would have been told. */
        String keep(String channel, byte[] content);
    }

    /** The audit trail and the time that it is told. */
    public record Trail(AuditTrail audit, InstantSource clock) {}

    /**
     * Where a channel and its receiver stand.
     *
     * @param receiver absent where the channel delivers to none
     */
    public record Standing(ChannelState messages, Destination.@Nullable Standing receiver) {}

    /** A desk over this journal. */
    public MessageDesk(
            JournalDesk journal, Intake intake, Destinations destinations, Set<String> channels, Trail trail) {
        this.journal = journal;
        this.intake = intake;
        this.destinations = destinations;
        this.channels = Set.copyOf(channels);
        this.trail = trail;
    }

    /** The messages that fit, the newest first, without their content. */
    public List<JournalEntry> search(Caller person, JournalQuery query) {
        keep(person, Stage.READ, "journal.search", channelOf(query), OK);
        return journal.search(query);
    }

    /** As they come; that somebody follows them is on the record once, by {@link #search}. */
    List<JournalEntry> follow(JournalQuery query) {
        return journal.search(query);
    }

    /** The bytes of a message, for the screen or a file. */
    public Optional<byte[]> content(Caller person, JournalEntry entry, boolean exported) {
        keep(person, Stage.READ, exported ? "journal.export" : "journal.get", reference(entry), OK);
        return journal.content(entry.id());
    }

    /** Has these messages worked again, for a reason that a person gives. */
    public int replay(Caller person, List<JournalEntry> entries, String reason) {
        var ids = entries.stream().map(JournalEntry::id).collect(Collectors.toSet());
        return done(
                person,
                "journal.replay",
                references(entries),
                reason,
                () -> journal.replay(new JournalQuery(null, ids, Set.of(), null, null, List.of(), ids.size())));
    }

    /** Keeps a message in a channel, as if it had been received. */
    public String keep(Caller person, String channel, byte[] content) {
        return done(person, "journal.import", channel + "/Message", null, () -> intake.keep(channel, content));
    }

    private <T> T done(Caller person, String what, String reference, @Nullable String reason, Supplier<T> work) {
        var id = UUID.randomUUID().toString();
        keep(person, new Deed(id, Stage.BEFORE_WRITE, what, reference, "", reason));
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            keep(person, new Deed(id, Stage.AFTER_WRITE, what, reference, "journal=INTERNAL", reason));
            throw e;
        }
        keep(person, new Deed(id, Stage.AFTER_WRITE, what, reference, OK, reason));
        return result;
    }

    private record Deed(
            String id,
            Stage stage,
            String what,
            String reference,
            String outcome,
            @Nullable String reason) {}

    private void keep(Caller person, Stage stage, String what, String reference, String outcome) {
        keep(person, new Deed(UUID.randomUUID().toString(), stage, what, reference, outcome, null));
    }

    private void keep(Caller person, Deed deed) {
        trail.audit()
                .keep(new Entry(
                        trail.clock().instant(),
                        deed.id(),
                        deed.stage(),
                        person.principal(),
                        deed.what(),
                        List.of(),
                        deed.reference(),
                        deed.outcome(),
                        new Circumstances(
                                null, person.client(), person.purpose(), deed.reason(), null, null, null, null, null)));
    }

    private static String channelOf(JournalQuery query) {
        return query.channel() == null ? "" : query.channel() + "/Message";
    }

    private static String reference(JournalEntry entry) {
        return entry.channel() + "/Message/" + entry.id();
    }

    /** Each of a few; of many the first and the last. */
    private static String references(List<JournalEntry> entries) {
        if (entries.size() <= NAMED) {
            return entries.stream().map(MessageDesk::reference).collect(Collectors.joining(" "));
        }
        return reference(entries.getLast()) + " " + reference(entries.getFirst());
    }

    /** Where each channel stands, those of the configuration and those that only the journal still knows. */
    public Map<String, Standing> standings() {
        var states = journal.channels();
        var names = new TreeSet<>(channels);
        names.addAll(states.keySet());
        var standings = new TreeMap<String, Standing>();
        var none = new ChannelState(0, 0, 0, 0, null);
        names.forEach(name -> standings.put(
                name,
                new Standing(
                        states.getOrDefault(name, none),
                        destinations.of(name).map(Destination::standing).orElse(null))));
        return standings;
    }

    /** Whether the configuration has this channel. */
    boolean has(String channel) {
        return channels.contains(channel);
    }

    InstantSource clock() {
        return trail.clock();
    }
}
