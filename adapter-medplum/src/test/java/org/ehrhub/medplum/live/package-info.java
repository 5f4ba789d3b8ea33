/**
 * The Medplum that tests talk to: the stub or, by {@code ./check medplum}, a live server.
 *
 * <pre>{@code
 * try (var medplum = MedplumUnderTest.open()) { ... medplum.fhir(), medplum.clientId(), medplum.clientSecret() ... }
 * }</pre>
 */
@NullMarked
package org.ehrhub.medplum.live;

import org.jspecify.annotations.NullMarked;
