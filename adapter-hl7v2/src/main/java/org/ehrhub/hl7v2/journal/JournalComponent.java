package org.ehrhub.hl7v2.journal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.JournalMessage;

/** {@code journal:channel}: routes that keep HL7 v2 messages, and routes that work what is kept. */
public final class JournalComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var nothing = new JournalMessage(remaining, new byte[0], null, Set.of(), List.of()); // checks the name
        var endpoint = new JournalEndpoint(uri, this, nothing.channel());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The journal of the Camel context. */
    Journal journal() {
        var found = CamelContextHelper.findSingleByType(getCamelContext(), Journal.class);
        if (found == null) {
            throw new IllegalStateException(
                    "journal: needs one Journal in Camel's registry, and there is none, or several");
        }
        return found;
    }
}
