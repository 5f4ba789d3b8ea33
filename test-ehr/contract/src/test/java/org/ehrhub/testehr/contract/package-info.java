/**
 * Tests that need a real FHIR R4 server: first that HAPI JPA is one ({@code TestEhrIT}), then that an adapter keeps its
 * promises on it. A contract test takes {@code @ExtendWith(HapiJpaServer.class)} and the server's base URL as a
 * parameter of its constructor; all classes of one run share one server, so each makes its own people and searches by
 * what only it knows.
 */
@NullMarked
package org.ehrhub.testehr.contract;

import org.jspecify.annotations.NullMarked;
