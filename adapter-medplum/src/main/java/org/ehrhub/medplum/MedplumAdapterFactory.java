package org.ehrhub.medplum;

import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrAdapterFactory;

/** Makes the adapters of kind {@code medplum}. */
public final class MedplumAdapterFactory implements EhrAdapterFactory<MedplumConfig> {
    @Override
    public String type() {
        return "medplum";
    }

    @Override
    public Class<MedplumConfig> configType() {
        return MedplumConfig.class;
    }

    @Override
    public EhrAdapter create(String ehrId, MedplumConfig config, AdapterContext context) {
        return new MedplumAdapter(ehrId, config, context);
    }
}
