/**
 * Two small EHRs on one loopback port, for the quick start and for tests: FHIR R4 on HAPI's server, in memory, with
 * synthetic people only. Both index by HAPI's search parameter definitions, keep versions with ETag and If-Match, and take
 * conditional creates; they refuse what they do not know (unknown search parameters, updates of ids they did not give).
 *
 * <p>They differ as real EHRs do:
 *
 * <ul>
 *   <li>{@code stmarys} (New York) has Slot resources and takes transactions. A page holds five results whatever
 *       {@code _count} says. Nothing happens to a slot when an appointment is booked or cancelled: the client marks it
 *       busy or free, with If-Match, best in one transaction.
 *   <li>{@code lakeside} (London) has no Slot. {@code Appointment/$find} proposes free times; booking is a plain create of
 *       an Appointment, and a second booking of the same time is <em>not</em> refused. It claims the {@code birthdate}
 *       filter of Patient and silently ignores it: the self link shows only the filters that took part. It takes no
 *       transactions.
 * </ul>
 *
 * <p>Some people are known to both sites (the identifier system {@code urn:ehrhub:sandbox:person} is the same), several
 * different people share a name and a birth date, and a few records carry synthetic attacks in names and notes.
 */
@NullMarked
package org.ehrhub.sandbox;

import org.jspecify.annotations.NullMarked;
