package org.ehrhub.routes.fakes;

import java.time.Duration;
import java.util.function.Function;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;

/**
 * An EHR that does what a test says.
 *
 * @param handlers its tools
 * @param health its answer to a probe
 */
public record ScriptedEhr(ToolHandlers handlers, Function<Duration, Health> health) implements EhrAdapter {
    /** An EHR that is up. */
    public ScriptedEhr(ToolHandlers handlers) {
        this(handlers, limit -> new Health.Up());
    }

    /** It under a name. */
    public EhrRegistry.Entry entry(String ehr) {
        return new EhrRegistry.Entry(ehr, "scripted", this);
    }

    @Override
    public Health probe(Duration limit) {
        return health.apply(limit);
    }

    @Override
    public void close() {}
}
