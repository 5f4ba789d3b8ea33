/**
 * Two small EHRs on one loopback port, for the quick start and for tests: FHIR R4 on HAPI's server, in memory, with
 * synthetic people only. Both index by HAPI's search parameter definitions, keep versions with ETag and If-Match, take
 * conditional creates and JSON Patch, and give ids (UUIDs) that are never used again; they refuse what they do not know
 * (unknown search parameters, updates of ids they did not give, conditional updates and deletes).
 *
 * <p>They differ as real EHRs do:
 *
 * <ul>
 *   <li>{@code stmarys} (New York) has Slot resources and takes transactions and batches. A page holds five results whatever
 *       {@code _count} says. Nothing happens to a slot when an appointment is booked or cancelled: the client marks it
 *       busy or free, with If-Match, best in one transaction. It has {@code Patient/[id]/$everything}, the terminology
 *       operations over excerpts of the code systems its charts use, and a payer who answers at once:
 *       {@code CoverageEligibilityRequest/$submit}, {@code Claim/$submit} and {@code Claim/$inquire}.
 *   <li>{@code lakeside} (London) has no Slot. {@code Appointment/$find} proposes free times; booking is a plain create of
 *       an Appointment, and a second booking of the same time is <em>not</em> refused. It claims the {@code birthdate}
 *       filter of Patient and silently ignores it: the self link shows only the filters that took part. Its statement
 *       claims the create of Task, which it answers with 501. It takes no transactions. It has {@code Patient/[id]/$summary}
 *       (the International Patient Summary); its payer answers a CoverageEligibilityRequest that was POSTed later, when the
 *       answer is looked for the second time. It has no claims and no terminology.
 * </ul>
 *
 * <p>Some people are known to both sites (the identifier system {@code urn:ehrhub:sandbox:person} is the same), several
 * different people share a name and a birth date, and a few records carry synthetic attacks in names and notes. Who has what
 * follows from a person's place in the list, beginning with {@code sm-1001} and {@code lk-1001}, and is said where it is
 * made: unusual results ({@code UnusualResults}), documents ({@code Documents}), orders and what a payer decides on them
 * ({@code Orders}), rejected members ({@code Insurance}).
 */
@NullMarked
package org.ehrhub.sandbox;

import org.jspecify.annotations.NullMarked;
