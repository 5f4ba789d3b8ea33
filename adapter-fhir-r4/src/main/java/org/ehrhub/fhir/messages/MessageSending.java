package org.ehrhub.fhir.messages;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Times;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.messages.Message;
import org.ehrhub.tools.messages.MessageSend;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code message.send}: a Communication to the patient and to nobody else, in progress until the EHR says that it was
 * delivered (FHIR R4, Communication.status).
 */
final class MessageSending implements Creation.Form<MessageSend, Communication, Message> {
    private final FhirServer server;
    private final Links links;

    MessageSending(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
    }

    @Override
    public Class<Communication> type() {
        return Communication.class;
    }

    @Override
    public Communication draft(MessageSend input, CallContext call) {
        links.mustBeOurs(input.about(), "about");
        var patient = links.patient(input.patient(), call);
        var message = new Communication()
                .setStatus(CommunicationStatus.INPROGRESS)
                .setSubject(patient)
                .addRecipient(patient.copy())
                .setSender(HubDevice.reference())
                .setSentElement(new DateTimeType(Times.now(server.clock())));
        message.addPayload().setContent(new StringType(input.text()));
        if (input.subject() != null) {
            message.setTopic(new CodeableConcept().setText(input.subject()));
        }
        if (input.about() != null) {
            message.addAbout(links.about(input.about(), input.patient(), call));
        }
        HubDevice.mark(message);
        return message;
    }

    @Override
    public boolean fits(MessageSend input, Communication held) {
        return links.isOf(held, input.patient());
    }

    @Override
    public Message shown(Communication held) {
        return new Message(
                new Reference(server.ehr(), "Communication", held.getIdPart()),
                held.hasStatus() ? held.getStatus().toCode() : null,
                held.getSentElement().getValueAsString(),
                held.hasAbout() ? server.reference(held.getAboutFirstRep()) : null,
                server.reference(held.getSubject()));
    }
}
