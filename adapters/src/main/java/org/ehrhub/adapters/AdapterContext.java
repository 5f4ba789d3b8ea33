package org.ehrhub.adapters;

import java.time.InstantSource;
import org.apache.camel.CamelContext;

/**
 * What the hub lends an adapter.
 *
 * @param camel the context its Camel components run in
 * @param clock the time
 */
public record AdapterContext(CamelContext camel, InstantSource clock) {}
