package org.ehrhub.server.config;

import java.util.function.UnaryOperator;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrAdapterFactory;

/** The settings of one EHR: the kind of adapter, its limits, and the keys that are the adapter's own. */
public final class EhrSettings {
    private static final String SANDBOX = "sandbox:";

    private final EhrAdapterFactory<?> factory;
    private final YamlValue.Keys keys;
    private final ValueReaders readers;
    private final LimitSettings.OwnOfEhr limits;

    EhrSettings(
            EhrAdapterFactory<?> factory, YamlValue.Keys keys, LimitSettings.OwnOfEhr limits, ValueReaders readers) {
        this.factory = factory;
        this.limits = limits;
        this.keys = keys;
        this.readers = readers;
    }

    /** The word for its kind. */
    public String type() {
        return factory.type();
    }

    /** What all its calls may use, where that is its own. */
    LimitSettings.OwnOfEhr limits() {
        return limits;
    }

    /**
     * Makes the adapter.
     *
     * @param ehr the EHR's name
     * @param sandboxSites gives the address of a site of the running sandbox
     */
    public EhrAdapter open(String ehr, UnaryOperator<String> sandboxSites, AdapterContext context) {
        return open(factory, ehr, sandboxSites, context);
    }

    private <C extends Record> EhrAdapter open(
            EhrAdapterFactory<C> ofType, String ehr, UnaryOperator<String> sites, AdapterContext context) {
        var problems = new Problems();
        var config = new RecordBinder(readers, problems).bind(ofType.configType(), resolved(sites));
        problems.refuseIfAny();
        if (config == null) {
            throw new IllegalStateException("A record without problems must be there");
        }
        return ofType.create(ehr, config, context);
    }

    /** Binds once for the problems alone, as if the sandbox ran at some address. */
    void check(Problems problems, boolean sandboxPresent) {
        var addressed = keys.map(scalar -> {
            if (scalar.text().startsWith(SANDBOX) && !sandboxPresent) {
                problems.add(
                        scalar.place(), "names a site of the sandbox, which does not run; add `sandbox: {port: 0}`");
            }
            return scalar;
        });
        new RecordBinder(readers, problems)
                .bind(
                        factory.configType(),
                        new EhrSettings(factory, addressed, limits, readers)
                                .resolved(site -> "http://127.0.0.1/" + site));
    }

    private YamlValue.Keys resolved(UnaryOperator<String> sites) {
        return keys.map(scalar -> scalar.text().startsWith(SANDBOX)
                ? new YamlValue.Scalar(scalar.place(), sites.apply(scalar.text().substring(SANDBOX.length())))
                : scalar);
    }
}
