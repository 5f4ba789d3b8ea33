package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class AuditFormatsTest extends TrailFixture {
    private static final List<String> KNOWN = List.of(
            "https://login.example|ann",
            "dr <bea>",
            "assistant",
            "TREAT",
            "referral.submit",
            "allowed",
            "policy.yaml:12",
            "approval-1",
            "POST 201 version 1",
            "stmarys=ok",
            "12000",
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "call-1",
            "AFTER_WRITE",
            "stmarys/ServiceRequest/s1");

    @Override
    StoreSettings settings() {
        return StoreSettings.in(directory);
    }

    @Test
    void everyFormatSaysAllThatTheRecordHolds() throws Exception {
        var record = kept(SampleEntries.whole());
        var export = new AuditExport();
        assertThat(export.line(record).replace("\\\"", "\"")).contains(KNOWN).contains(record.hash());
        assertThat(export.auditEvents(record))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .contains(KNOWN)
                        .contains(record.hash())
                        .contains(record.patients()));
        assertThat(texts(message(new AuditSyslog().line(record))))
                .anySatisfy(text -> assertThat(text).isEqualTo(record.hash()))
                .anySatisfy(text -> assertThat(text).isEqualTo(record.patients()));
        for (var part : KNOWN) {
            assertThat(texts(message(new AuditSyslog().line(record))))
                    .anySatisfy(text -> assertThat(text).contains(part));
        }
    }

    @Test
    void aSyslogMessageIsOneLineOfRfc5424() {
        var line = new AuditSyslog().line(kept(SampleEntries.whole()));
        assertThat(line).doesNotContain("\n").doesNotContain("\u0001").doesNotContain(SampleEntries.PATIENT);
        assertThat(line)
                .startsWith(
                        "<85>1 2026-03-02T09:00:00Z " + place.node() + " ehr-hub - IHE+RFC-3881 - \ufeff<AuditMessage>")
                .endsWith("</AuditMessage>");
    }

    @Test
    void theMessageIsAnAuditMessageOfDicom() throws Exception {
        var message = message(new AuditSyslog().line(kept(SampleEntries.whole())));
        assertThat(children(message))
                .containsExactly(
                        "EventIdentification",
                        "ActiveParticipant",
                        "ActiveParticipant",
                        "ActiveParticipant",
                        "ActiveParticipant",
                        "ActiveParticipant",
                        "AuditSourceIdentification",
                        "ParticipantObjectIdentification",
                        "ParticipantObjectIdentification",
                        "ParticipantObjectIdentification");
        var event = (Element) message.getFirstChild();
        assertThat(event.getAttribute("EventActionCode")).isEqualTo("C");
        assertThat(event.getAttribute("EventOutcomeIndicator")).isEqualTo("0");
        assertThat(children(event))
                .containsExactly(
                        "EventID", "EventTypeCode", "EventTypeCode", "EventOutcomeDescription", "PurposeOfUse");
    }

    @Test
    void whatWasRefusedIsAWarning() {
        var entry = SampleEntries.whole();
        var refused = new Entry(
                entry.at(),
                entry.callId(),
                entry.stage(),
                entry.principal(),
                entry.tool(),
                entry.ehrs(),
                entry.reference(),
                "DENIED",
                entry.circumstances());
        assertThat(new AuditSyslog().line(kept(refused))).startsWith("<84>1 ").contains("EventOutcomeIndicator=\"4\"");
    }

    private AuditRecord kept(Entry entry) {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(entry);
        }
        return records(AuditQuery.ALL).getLast();
    }

    private static Element message(String line) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(line.substring(line.indexOf('\ufeff') + 1))))
                .getDocumentElement();
    }

    private static List<String> children(Element parent) {
        var names = new ArrayList<String>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            names.add(child.getNodeName());
        }
        return names;
    }

    /** Every text and every attribute; details decoded. */
    private static List<String> texts(Element message) {
        var texts = new ArrayList<String>();
        var all = message.getElementsByTagName("*");
        for (var i = 0; i < all.getLength(); i++) {
            var element = (Element) all.item(i);
            texts.add(element.getTextContent());
            for (var a = 0; a < element.getAttributes().getLength(); a++) {
                var value = element.getAttributes().item(a).getNodeValue();
                texts.add(
                        element.getNodeName().equals("ParticipantObjectDetail") && a == 1
                                ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                                : value);
            }
        }
        return texts;
    }
}
