package org.ehrhub.sandbox.fhir;

import java.util.function.Function;

/**
 * The operations a site offers on one type, beside what all types can do.
 *
 * @param provider makes an object with HAPI's {@code @Operation} methods, or a {@link SearchWatcher}, when the type is first
 *                 asked for
 */
public record Offered(String type, Function<Records, Object> provider) {}
