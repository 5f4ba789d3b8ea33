package org.ehrhub.testkit.faults;

/** Words of a patient that must show up nowhere they do not belong: in no log, no failure, no warning. */
public final class Marker {
    /** A family name that nobody has. */
    public static final String FAMILY = "Quibblewick";

    /** A whole name. */
    public static final String NAME = "Zephyrine " + FAMILY;

    private Marker() {}
}
