package org.ehrhub.store.audit;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Records of the trail as syslog messages (RFC 5424) whose text is the audit message of DICOM PS3.15 A.5, which replaced RFC
 * 3881, as IHE ATNA has them (ITI-20). Each is one line; who sends it over TLS counts its bytes (RFC 5425).
 */
public final class AuditSyslog {
    /** Facility 10, security; severity 5, notice, or 4, warning. */
    private static final int NOTICE = 85;

    private static final int WARNING = 84;
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String DCM = "DCM";

    private final XMLOutputFactory xml = XMLOutputFactory.newFactory();

    /** The message about a record, without a line break. */
    public String line(AuditRecord record) {
        return "<%d>1 %s %s ehr-hub - IHE+RFC-3881 - %s%s"
                .formatted(
                        record.succeeded() ? NOTICE : WARNING,
                        record.at(),
                        header(record.node()),
                        BYTE_ORDER_MARK,
                        message(record));
    }

    /** A field of the header is of visible ASCII characters. */
    private static String header(String text) {
        return text.replaceAll("[^!-~]", "_");
    }

    private String message(AuditRecord record) {
        var out = new StringWriter();
        try {
            var writer = xml.createXMLStreamWriter(out);
            writer.writeStartElement("AuditMessage");
            event(writer, record);
            participants(writer, record);
            source(writer, record);
            objects(writer, record);
            writer.writeEndElement();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A text in memory can be written", e);
        }
        return out.toString();
    }

    private static void event(XMLStreamWriter out, AuditRecord record) throws XMLStreamException {
        var kind = AuditKind.of(record);
        start(
                out,
                "EventIdentification",
                Map.of(
                        "EventActionCode",
                        kind.action(),
                        "EventDateTime",
                        record.at().toString(),
                        "EventOutcomeIndicator",
                        record.succeeded() ? "0" : "4"));
        if (kind == AuditKind.QUERY) {
            code(out, "EventID", "110112", DCM, "Query");
        } else {
            code(out, "EventID", "110110", DCM, "Patient Record");
        }
        code(out, "EventTypeCode", kind.interaction(), "http://hl7.org/fhir/restful-interaction", kind.interaction());
        code(out, "EventTypeCode", record.tool(), "EHR Hub tool", record.tool());
        out.writeStartElement("EventOutcomeDescription");
        out.writeCharacters(plain(record.stage() + " " + record.outcome()));
        out.writeEndElement();
        if (record.purpose() != null) {
            code(out, "PurposeOfUse", record.purpose(), "2.16.840.1.113883.5.8", record.purpose());
        }
        out.writeEndElement();
    }

    private static void participants(XMLStreamWriter out, AuditRecord record) throws XMLStreamException {
        var kind = AuditKind.of(record);
        participant(out, record.principal(), true);
        code(out, "RoleIDCode", kind.userRole(), "2.16.840.1.113883.5.90", kind.userRole());
        out.writeEndElement();
        participant(out, record.node(), false);
        role(out, kind.hubRole());
        for (var ehr : words(record.ehrs()).toList()) {
            participant(out, ehr, false);
            role(out, kind.ehrRole());
        }
        if (record.client() != null) {
            participant(out, record.client(), false);
            code(out, "RoleIDCode", "110150", DCM, "Application");
            out.writeEndElement();
        }
        if (record.onBehalfOf() != null) {
            participant(out, record.onBehalfOf(), false);
            code(out, "RoleIDCode", "DELEGATOR", "2.16.840.1.113883.5.111", "delegator");
            out.writeEndElement();
        }
    }

    private static void participant(XMLStreamWriter out, String user, boolean requestor) throws XMLStreamException {
        start(out, "ActiveParticipant", Map.of("UserID", user, "UserIsRequestor", String.valueOf(requestor)));
    }

    private static void role(XMLStreamWriter out, String code) throws XMLStreamException {
        code(out, "RoleIDCode", code, DCM, code.equals("110153") ? "Source Role ID" : "Destination Role ID");
        out.writeEndElement();
    }

    private static void source(XMLStreamWriter out, AuditRecord record) throws XMLStreamException {
        start(out, "AuditSourceIdentification", Map.of("AuditSourceID", record.node()));
        code(out, "AuditSourceTypeCode", "4", DCM, "Application Server process");
        out.writeEndElement();
    }

    private static void objects(XMLStreamWriter out, AuditRecord record) throws XMLStreamException {
        for (var patient : words(record.patients()).toList()) {
            object(out, patient, "1", "1");
            code(out, "ParticipantObjectIDTypeCode", "2", "RFC-3881", "Patient Number");
            out.writeEndElement();
        }
        object(out, record.callId(), "4", "26");
        code(out, "ParticipantObjectIDTypeCode", "XrequestId", "IHE BALP", "X-Request-Id");
        for (var detail : AuditDetails.of(record).entrySet()) {
            var value = Base64.getEncoder().encodeToString(detail.getValue().getBytes(StandardCharsets.UTF_8));
            start(out, "ParticipantObjectDetail", Map.of("type", detail.getKey(), "value", value));
            out.writeEndElement();
        }
        out.writeEndElement();
        for (var reference : words(record.records()).toList()) {
            object(out, reference, "2", "4");
            code(out, "ParticipantObjectIDTypeCode", "12", "RFC-3881", "URI");
            out.writeEndElement();
        }
    }

    private static void object(XMLStreamWriter out, String id, String type, String role) throws XMLStreamException {
        start(
                out,
                "ParticipantObjectIdentification",
                Map.of(
                        "ParticipantObjectID", id,
                        "ParticipantObjectTypeCode", type,
                        "ParticipantObjectTypeCodeRole", role));
    }

    private static void code(XMLStreamWriter out, String element, String code, String system, String text)
            throws XMLStreamException {
        start(out, element, Map.of("csd-code", code, "codeSystemName", system, "originalText", text));
        out.writeEndElement();
    }

    private static void start(XMLStreamWriter out, String element, Map<String, String> attributes)
            throws XMLStreamException {
        out.writeStartElement(element);
        for (var name : attributes.keySet().stream().sorted().toList()) {
            out.writeAttribute(name, plain(attributes.getOrDefault(name, "")));
        }
    }

    /** Without what XML 1.0 does not know and what would end the line. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\ufffe\\uffff\\ud800-\\udfff&&[^\\x{10000}-\\x{10ffff}]]", "\ufffd");
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
    }
}
