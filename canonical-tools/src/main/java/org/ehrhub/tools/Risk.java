package org.ehrhub.tools;

/** What a tool may do to a chart; approval defaults and the MCP tool annotations follow from it. */
public enum Risk {
    /** Changes nothing. */
    READ(true, false, true),
    /** Writes something that nobody acts on until a person has reviewed it. */
    DRAFT(false, false, false),
    /** Changes a chart in a way that the same caller can take back. */
    REVERSIBLE_WRITE(false, true, false),
    /** Changes a chart, or sends something out, in a way that others act on; needs approval unless policy says otherwise. */
    HIGH_IMPACT(false, true, false);

    private final boolean readOnly;
    private final boolean destructive;
    private final boolean idempotent;

    Risk(boolean readOnly, boolean destructive, boolean idempotent) {
        this.readOnly = readOnly;
        this.destructive = destructive;
        this.idempotent = idempotent;
    }

    /** The MCP annotation {@code readOnlyHint}. */
    public boolean readOnly() {
        return readOnly;
    }

    /** The MCP annotation {@code destructiveHint}: may change or end something that exists. */
    public boolean destructive() {
        return destructive;
    }

    /** The MCP annotation {@code idempotentHint}: repeating the call, without an idempotency key, changes nothing more. */
    public boolean idempotent() {
        return idempotent;
    }
}
