/**
 * A Medplum server for tests, on loopback and in memory, which answers as a 5.1.12 server was seen to: tokens and limits,
 * the habits of its FHIR interactions, access policies and on-behalf-of, scheduling, bots, agents and their jobs, GraphQL.
 *
 * <pre>{@code
 * try (var medplum = MedplumStub.start()) { ... medplum.fhir(), medplum.client().id(), medplum.client().secret() ... }
 * }</pre>
 *
 * <p>Time is {@link org.ehrhub.medplum.stub.MedplumStub#pass}: tokens expire and budgets fill up again without waiting. It
 * searches with the sandbox's index, so quantities, {@code _has} and {@code _filter} are unknown parameters here.
 */
@NullMarked
package org.ehrhub.medplum.stub;

import org.jspecify.annotations.NullMarked;
