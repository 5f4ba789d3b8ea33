package org.ehrhub.fhir.writing;

import java.time.InstantSource;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** The hub as the author of what agents write: a device, and a mark on the record itself. */
public final class HubDevice {
    private static final String NAME = "EHR Hub, for an AI agent";

    private HubDevice() {}

    /** The hub as an author; a name only, since no EHR holds a record of it. */
    public static Reference reference() {
        return new Reference().setType("Device").setDisplay(NAME);
    }

    /** The hub as a record of a device, to be contained in another. */
    public static Device device() {
        var device = new Device();
        device.addDeviceName().setName(NAME).setType(DeviceNameType.USERFRIENDLYNAME);
        return device;
    }

    /** A note by the hub, written now. */
    public static Annotation note(String text, InstantSource clock) {
        return new Annotation()
                .setAuthor(new StringType(NAME))
                .setTimeElement(new DateTimeType(Times.now(clock)))
                .setText(text);
    }

    /** Marks words as asserted by an artificial intelligence (HL7 AI Transparency on FHIR; v3-ObservationValue AIAST). */
    public static void mark(Resource written) {
        written.getMeta()
                .addSecurity(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
                        .setCode("AIAST")
                        .setDisplay("Artificial Intelligence asserted"));
    }
}
