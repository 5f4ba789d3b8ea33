package org.ehrhub.fhir.provenance;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.client.Written;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * Provenance of what an agent wrote (FHIR R4, 6.3): the agent as a device and author, the person it acts for, and whoever
 * approved it. People are named by the identifiers that the hub's AuditEvents have, and by nothing of a chart.
 */
final class ProvenanceRecords {
    static final String TYPE = "Provenance";

    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
    private static final String HUB = "urn:ehr-hub:";
    private static final String DEVICE = "agent";
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private ProvenanceRecords() {}

    /** Of records of one activity, which there must be; its tag is the key of the write and of the activity. */
    static Provenance of(List<Written.Item> written, CallContext call, InstantSource clock) {
        var activity = written.getFirst().activity().name();
        var provenance = new Provenance();
        provenance.getMeta().addTag(WriteKeys.tag(call.writeKey() + "-" + activity));
        provenance.addContained(device(call.caller()));
        written.forEach(item -> provenance.addTarget(
                new Reference(item.record() + (item.version() == null ? "" : "/_history/" + item.version()))));
        provenance.setRecordedElement(recorded(clock));
        provenance.setActivity(concept("v3-DataOperation", activity));
        var purpose = call.caller().purpose();
        if (purpose != null) {
            provenance.addReason(
                    CODE.matcher(purpose).matches()
                            ? concept("v3-ActReason", purpose)
                            : new CodeableConcept().setText(purpose));
        }
        provenance
                .addAgent(agent("author", new Reference("#" + DEVICE)))
                .getAgentFirstRep()
                .setOnBehalfOf(person(call.caller().principal()));
        if (call.approvedByOrNull() != null) {
            provenance.addAgent(agent("verifier", person(call.approvedByOrNull())));
        }
        return provenance;
    }

    /** The agent: the program that calls, and who acts with it in a person's name, as far as the login says. */
    private static Device device(Caller caller) {
        var device = HubDevice.device();
        device.setId(DEVICE);
        if (caller.client() != null) {
            device.addIdentifier(identifier("client", caller.client()));
        }
        if (caller.actor() != null) {
            device.addIdentifier(identifier("principal", caller.acting()));
        }
        return device;
    }

    private static ProvenanceAgentComponent agent(String type, Reference who) {
        return new ProvenanceAgentComponent()
                .setType(concept("provenance-participant-type", type))
                .setWho(who);
    }

    private static Reference person(String principal) {
        return new Reference().setIdentifier(identifier("principal", principal));
    }

    private static Identifier identifier(String kind, String value) {
        return new Identifier().setSystem(HUB + kind).setValue(value);
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept()
                .addCoding(new Coding().setSystem(TERMINOLOGY + system).setCode(code));
    }

    private static InstantType recorded(InstantSource clock) {
        return new InstantType(Date.from(clock.instant()), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
    }
}
