package org.ehrhub.medplum.live;

import org.ehrhub.medplum.stub.Receiver;

/**
 * An agent that is connected to the Medplum under test.
 *
 * @param id its id
 * @param device the id of the Device that it delivers to
 * @param receiver who is at the far end
 */
public record ConnectedAgent(String id, String device, Receiver receiver) {
    /** The address of every Device: nothing listens there but the receiver that stands in for it. */
    static final String ADDRESS = "mllp://lab.example:2575";
}
