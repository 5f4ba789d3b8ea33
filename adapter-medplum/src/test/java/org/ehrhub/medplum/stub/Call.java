package org.ehrhub.medplum.stub;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One FHIR request while it is answered: who asks for what, and whether it has cost anything yet. */
final class Call {
    private final Asked asked;
    private final Session session;
    private final Limits limits;
    private final AtomicBoolean charged;
    private final @Nullable String assigned;

    Call(Asked asked, Session session, Limits limits) {
        this(asked, session, limits, new AtomicBoolean(), null);
    }

    private Call(Asked asked, Session session, Limits limits, AtomicBoolean charged, @Nullable String assigned) {
        this.asked = asked;
        this.session = session;
        this.limits = limits;
        this.charged = charged;
        this.assigned = assigned;
    }

    /** One entry of the bundle that this call is; a create takes the id given. */
    Call entry(Asked entry, @Nullable String id) {
        return new Call(entry, session, limits, charged, id);
    }

    Asked asked() {
        return asked;
    }

    Session session() {
        return session;
    }

    /** The id that a create is to take; none for a new one. */
    Optional<String> assigned() {
        return Optional.ofNullable(assigned);
    }

    /** Takes units of the client's budget, or refuses with 429. */
    void charge(int units) {
        charged.set(true);
        limits.charge(session.account().client(), units);
    }

    /** Counts one more resource. */
    void creating() {
        limits.create();
    }

    boolean charged() {
        return charged.get();
    }
}
