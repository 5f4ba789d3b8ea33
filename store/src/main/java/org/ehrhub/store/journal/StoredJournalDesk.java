package org.ehrhub.store.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalQuery;

/**
 * What people do with the stored journal. Messages that are worked again keep the order of their numbers among themselves; each is
 * worked after those that share a key with it and had a place in the line already, and before those kept later.
 */
final class StoredJournalDesk implements JournalDesk {
    private final JournalSearch search;
    private final Replay replay;
    private final Contents contents;

    StoredJournalDesk(JournalSearch search, Replay replay, Contents contents) {
        this.search = search;
        this.replay = replay;
        this.contents = contents;
    }

    @Override
    public List<JournalEntry> search(JournalQuery query) {
        return search.find(query);
    }

    @Override
    public Optional<byte[]> content(long id) {
        return contents.one(id);
    }

    @Override
    public int replay(JournalQuery query) {
        return replay.replay(search.finished(query));
    }

    @Override
    public Map<String, ChannelState> channels() {
        return search.channels();
    }
}
