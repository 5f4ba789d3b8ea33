package org.ehrhub.mllp;

import org.ehrhub.mllp.framing.Problem;

/** The headers of an exchange that holds a message. */
public final class MllpHeaders {
    /** MSH-3, the sending application. */
    public static final String SENDING_APPLICATION = "MllpSendingApplication";

    /** MSH-4, the sending facility. */
    public static final String SENDING_FACILITY = "MllpSendingFacility";

    /** MSH-5, the receiving application. */
    public static final String RECEIVING_APPLICATION = "MllpReceivingApplication";

    /** MSH-6, the receiving facility. */
    public static final String RECEIVING_FACILITY = "MllpReceivingFacility";

    /** MSH-9.1, such as {@code ADT}. */
    public static final String CODE = "MllpCode";

    /** MSH-9.2, such as {@code A01}. */
    public static final String TRIGGER = "MllpTrigger";

    /** MSH-10. */
    public static final String CONTROL_ID = "MllpControlId";

    /** MSH-12.1, such as {@code 2.5.1}. */
    public static final String VERSION = "MllpVersion";

    /** The address that the message came from. */
    public static final String SENDER = "MllpSender";

    /** The subject of the sender's certificate (RFC 2253), where it showed one. */
    public static final String CERTIFICATE = "MllpCertificate";

    /**
     * The code of an acknowledgement (HL7 table 0008). A route behind a server sets it to answer so; a client's exchange holds
     * what was answered.
     */
    public static final String ACKNOWLEDGEMENT = "MllpAcknowledgement";

    /** What a route behind a server says is wrong, beside the code of an acknowledgement that refuses: a {@link Problem}. */
    public static final String PROBLEM = "MllpProblem";

    /** A message that a route behind a server answers with, in place of an acknowledgement: bytes. */
    public static final String REPLY = "MllpReply";

    private MllpHeaders() {}
}
