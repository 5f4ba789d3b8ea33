package org.ehrhub.adapters.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the people who run the interfaces do with the journal: look, find, and have messages worked again. */
public interface JournalDesk {
    /** The messages that a search finds, the newest first, without their content. */
    List<JournalEntry> search(JournalQuery query);

    /** The bytes of a message; empty where there is none of this number, or it has been removed with age. */
    Optional<byte[]> content(long id);

    /**
     * Has messages worked again in the order in which they came, each as a message due now; a message that is not finished stays as
     * it is.
     *
     * @return how many
     */
    int replay(JournalQuery query);

    /** Where each channel stands, by its name. */
    Map<String, ChannelState> channels();
}
