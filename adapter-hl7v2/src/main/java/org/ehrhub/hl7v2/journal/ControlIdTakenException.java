package org.ehrhub.hl7v2.journal;

/** The sender has named another message so already (MSH-10); this one is not kept. */
public final class ControlIdTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    ControlIdTakenException() {
        super("Another message of this sender has the same control id; this one is not kept");
    }
}
