package org.ehrhub.store.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Records of the trail as JSON, each on a line: as they are, or as FHIR R4 AuditEvent in the shapes of IHE BALP 1.1. */
public final class AuditExport {
    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
    private static final String HUB = "urn:ehr-hub:";

    private final JsonMapper json = new JsonMapper();

    /** The record as it is, without what is absent. */
    public String line(AuditRecord record) {
        var line = json.createObjectNode()
                .put("node", record.node())
                .put("seq", record.seq())
                .put("at", record.at().toString())
                .put("callId", record.callId())
                .put("stage", record.stage())
                .put("principal", record.principal());
        put(line, "onBehalfOf", record.onBehalfOf());
        put(line, "client", record.client());
        put(line, "purpose", record.purpose());
        line.put("tool", record.tool())
                .put("ehrs", record.ehrs())
                .put("patients", record.patients())
                .put("records", record.records());
        put(line, "decision", record.decision());
        put(line, "rule", record.rule());
        put(line, "approval", record.approval());
        put(line, "downstream", record.downstream());
        line.put("outcome", record.outcome());
        if (record.durationMicros() != null) {
            line.put("durationMicros", record.durationMicros());
        }
        put(line, "traceId", record.traceId());
        return json.writeValueAsString(line.put("hash", record.hash()));
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /**
     * The record as AuditEvents, one for each patient, as BALP wants it; patients are logical references by keyed hash. A
     * profile is named where the record holds all that the profile asks for.
     */
    public List<String> auditEvents(AuditRecord record) {
        var patients = words(record.patients()).toList();
        return patients.isEmpty()
                ? List.of(event(record, "", "0"))
                : IntStream.range(0, patients.size())
                        .mapToObj(i -> event(record, patients.get(i), String.valueOf(i)))
                        .toList();
    }

    private String event(AuditRecord record, String patient, String number) {
        var kind = AuditKind.of(record);
        var event = json.createObjectNode()
                .put("resourceType", "AuditEvent")
                .put("id", record.node() + "-" + record.seq() + "-" + number);
        if (followsProfile(record, kind)) {
            var name = "IHE.BasicAudit." + (patient.isEmpty() ? "" : "Patient") + kind.profile();
            event.putObject("meta").putArray("profile").add(BALP + "StructureDefinition/" + name);
        }
        event.set("type", coding(TERMINOLOGY + "audit-event-type", "rest"));
        event.putArray("subtype")
                .add(coding("http://hl7.org/fhir/restful-interaction", kind.interaction()))
                .add(coding(HUB + "tool", record.tool()));
        event.put("action", kind.action()).put("recorded", record.at().toString());
        event.put("outcome", record.succeeded() ? "0" : "4")
                .put("outcomeDesc", record.stage() + " " + record.outcome());
        if (record.purpose() != null) {
            event.putArray("purposeOfEvent")
                    .addObject()
                    .putArray("coding")
                    .add(coding(TERMINOLOGY + "v3-ActReason", record.purpose()));
        }
        agents(event, record, kind);
        var source = event.putObject("source");
        source.putObject("observer").set("identifier", identifier("node", record.node()));
        source.putArray("type").add(coding(TERMINOLOGY + "security-source-type", "4"));
        entities(event.putArray("entity"), record, patient, kind);
        return json.writeValueAsString(event);
    }

    private static boolean followsProfile(AuditRecord record, AuditKind kind) {
        return record.succeeded()
                && !record.stage().equals("BEFORE_WRITE")
                && !record.stage().equals("BREAK_GLASS")
                && words(record.ehrs()).count() == 1
                && kind != AuditKind.EXECUTE;
    }

    private void agents(ObjectNode event, AuditRecord record, AuditKind kind) {
        var agents = event.putArray("agent");
        agents.add(machine(kind.hubRole(), "node", record.node()));
        words(record.ehrs()).forEach(ehr -> agents.add(machine(kind.ehrRole(), "ehr", ehr)));
        agents.add(agent(TERMINOLOGY + "v3-ParticipationType", kind.userRole(), "principal", record.principal())
                .put("requestor", true));
        if (record.client() != null) {
            agents.add(agent(DCM, "110150", "client", record.client()).put("requestor", false));
        }
        if (record.onBehalfOf() != null) {
            agents.add(agent(TERMINOLOGY + "v3-RoleCode", "DELEGATOR", "principal", record.onBehalfOf())
                    .put("requestor", false));
        }
    }

    private ObjectNode machine(String role, String kind, String name) {
        var machine = agent(DCM, role, kind, name).put("requestor", false);
        machine.putObject("network").put("address", HUB + kind + ":" + name).put("type", "5");
        return machine;
    }

    private ObjectNode agent(String system, String code, String kind, String name) {
        var agent = json.createObjectNode();
        agent.putObject("type").putArray("coding").add(coding(system, code));
        agent.putObject("who").set("identifier", identifier(kind, name));
        return agent;
    }

    private void entities(ArrayNode entities, AuditRecord record, String patient, AuditKind kind) {
        var transaction = json.createObjectNode();
        transaction.set("type", coding(BALP + "CodeSystem/BasicAuditEntityType", "XrequestId"));
        transaction.putObject("what").putObject("identifier").put("value", record.callId());
        var details = transaction.putArray("detail");
        AuditDetails.of(record)
                .forEach((name, value) -> details.addObject().put("type", name).put("valueString", value));
        entities.add(transaction);
        if (!patient.isEmpty()) {
            var person = entity("1", "1");
            person.putObject("what").put("type", "Patient").set("identifier", identifier("patient", patient));
            entities.add(person);
        }
        if (kind == AuditKind.QUERY) {
            var asked = Base64.getEncoder().encodeToString(record.tool().getBytes(StandardCharsets.UTF_8));
            entities.add(entity("2", "24").put("query", asked));
        } else {
            var data = entity("2", "4");
            data.putObject("what").put("display", record.records().isEmpty() ? record.tool() : record.records());
            entities.add(data);
        }
    }

    private ObjectNode entity(String type, String role) {
        var entity = json.createObjectNode();
        entity.set("type", coding(TERMINOLOGY + "audit-entity-type", type));
        entity.set("role", coding(TERMINOLOGY + "object-role", role));
        return entity;
    }

    private ObjectNode identifier(String kind, String value) {
        return json.createObjectNode().put("system", HUB + kind).put("value", value);
    }

    private ObjectNode coding(String system, String code) {
        return json.createObjectNode().put("system", system).put("code", code);
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }
}
