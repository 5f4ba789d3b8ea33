package org.ehrhub.adapters;

import java.time.InstantSource;
import org.apache.camel.CamelContext;

/**
 * What the hub lends an adapter.
 *
 * @param camel the context its Camel components run in
 * @param clock the time
 * @param logins where logins of the hub's users to this EHR are kept
 */
public record AdapterContext(CamelContext camel, InstantSource clock, KeptLogins logins) {
    /** A context whose users' logins end with the process. */
    public AdapterContext(CamelContext camel, InstantSource clock) {
        this(camel, clock, KeptLogins.inMemory());
    }
}
