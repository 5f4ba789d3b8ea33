package org.ehrhub.tools;

/** A finer point of support that an adapter declares with the tool it registers; {@code ehr.list} shows it. */
public enum Feature {
    /** {@code patient.search} finds people by phone number. */
    SEARCH_BY_PHONE,
    /** {@code patient.search} finds people by identifier. */
    SEARCH_BY_IDENTIFIER,
    /** The EHR itself refuses to book a slot that is taken. */
    DOUBLE_BOOKING_REFUSED,
    /**
     * The EHR would book a slot twice; the hub looks before it books and again afterwards, and takes its own booking back
     * when another was there first.
     */
    DOUBLE_BOOKING_CHECKED,
    /** A write carries the hub's key into the EHR, so an unclear outcome can be looked up there. */
    WRITE_KEY_STORED,
    /**
     * A time that somebody holds in the EHR without having booked it counts as taken, and {@code appointment.cancel} gives it
     * back; the hub itself holds nothing.
     */
    HOLDS_HONOURED
}
