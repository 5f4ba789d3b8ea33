package org.ehrhub.fhir;

import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrAdapterFactory;

/** Makes the adapters of kind {@code fhir-r4}. */
public final class FhirR4AdapterFactory implements EhrAdapterFactory<FhirR4Config> {
    @Override
    public String type() {
        return "fhir-r4";
    }

    @Override
    public Class<FhirR4Config> configType() {
        return FhirR4Config.class;
    }

    @Override
    public EhrAdapter create(String ehrId, FhirR4Config config, AdapterContext context) {
        return new FhirR4Adapter(ehrId, config, context, FhirLayer.NONE);
    }
}
