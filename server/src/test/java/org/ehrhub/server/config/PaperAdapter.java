package org.ehrhub.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrAdapterFactory;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.ToolHandlers;
import org.jspecify.annotations.Nullable;

/** An EHR on paper: an adapter that does nothing, to see how its settings arrive. */
final class PaperAdapter implements EhrAdapter {
    enum Style {
        QUICK,
        SLOW_AND_SURE
    }

    record Clerk(String name, @Nullable Integer age) {}

    record Config(
            URI baseUrl,
            @Nullable Style style,
            @Nullable Secret token,
            @Nullable Integer pages,
            @Nullable Clerk clerk) {
        Config {
            if (pages != null && pages < 1) {
                throw new IllegalArgumentException("pages must be at least 1");
            }
        }
    }

    static final class Factory implements EhrAdapterFactory<Config> {
        final List<Config> made = new ArrayList<>();

        @Override
        public String type() {
            return "paper";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public EhrAdapter create(String ehrId, Config config, AdapterContext context) {
            made.add(config);
            return new PaperAdapter();
        }
    }

    @Override
    public ToolHandlers handlers() {
        return ToolHandlers.builder().build();
    }

    @Override
    public Health probe(Duration limit) {
        return new Health.Up();
    }

    @Override
    public void close() {}
}
