package org.ehrhub.adapters;

/**
 * Makes the adapters of one kind of EHR; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> the kind's settings: a record whose components are the keys of its configuration, and whose constructor
 *     refuses bad values with an {@link IllegalArgumentException} that does not repeat them
 */
public interface EhrAdapterFactory<C extends Record> {
    /** The word for this kind in the configuration: {@code fhir-r4}. */
    String type();

    /** The settings' record. */
    Class<C> configType();

    /**
     * Makes the adapter of one EHR. Called once per EHR, on the starting thread; must not need the EHR to be reachable.
     *
     * @param ehrId the EHR's name, the first part of every reference into it
     */
    EhrAdapter create(String ehrId, C config, AdapterContext context);
}
