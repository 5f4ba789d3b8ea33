package org.ehrhub.fhir.appointments;

import java.util.Optional;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * {@code slot.search} on a server that proposes appointments through {@code Appointment/$find}, as the Argonaut scheduling
 * guide has it: proposals without ids.
 */
public final class FindListing {
    private final FhirServer server;
    private final ResultPages pages;
    private final AppointmentRecords records;

    /** The proposals of this server. */
    public FindListing(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.records = new AppointmentRecords(server);
    }

    /** Asks for proposals and gives those that can be booked. */
    public ToolResult<Page<Slot>> search(SlotSearch input, CallContext call) {
        var url = SearchUrl.ofOperation("Appointment", "find")
                .time("start", "", input.from())
                .time("end", "", input.to());
        if (input.practitioner() != null) {
            var id = FhirId.of(input.practitioner(), "practitioner", server.ehr());
            url.written("practitioner", "Practitioner/" + id);
        }
        if (input.serviceType() != null) {
            url.token("service-type", CodeToken.parse(input.serviceType(), "serviceType"));
        }
        var query = new Query<>(
                Appointment.class, url, (row, included) -> verdict(row, input), (row, included) -> row(row));
        return pages.read(query, input.rows(), call);
    }

    private Verdict verdict(Appointment proposal, SlotSearch wanted) {
        if (!AppointmentRecords.isReadable(proposal.getStartElement(), proposal.getEndElement())) {
            return Verdict.UNREADABLE;
        }
        var start = AppointmentRecords.time(proposal.getStartElement());
        if (start == null || !proposal.hasEnd() || person(proposal).isEmpty()) {
            // Without a time or a person to look up, a booking could not be kept from being a second one.
            return Verdict.LEFT_OUT;
        }
        boolean fits = !start.isBefore(wanted.from())
                && start.isBefore(wanted.to())
                && (wanted.serviceType() == null
                        || AppointmentRecords.holds(proposal.getServiceType(), wanted.serviceType()))
                && (wanted.practitioner() == null
                        || wanted.practitioner()
                                .equals(person(proposal).map(server::reference).orElse(null)));
        return !fits ? Verdict.FILTER_IGNORED : Modifiers.unknownIn(proposal) ? Verdict.MODIFIED : Verdict.FITS;
    }

    private Slot row(Appointment proposal) {
        var token = AppointmentRecords.token(proposal.getServiceType());
        var place = AppointmentRecords.actors(proposal, "Location").findFirst();
        var offer = new Offer(
                null,
                proposal.getStartElement().getValueAsString(),
                proposal.getEndElement().getValueAsString(),
                written(person(proposal)),
                written(place),
                token.map(CodeToken::system).orElse(null),
                token.map(CodeToken::code).orElse(null));
        return new Slot(
                offer.sealedFor(server.ehr()),
                offer.startTime(),
                offer.endTime(),
                person(proposal).map(records::participant).orElse(null),
                AppointmentRecords.coded(proposal.getServiceType()),
                place.flatMap(found -> Optional.ofNullable(found.getDisplay())).orElse(null));
    }

    private Optional<Reference> person(Appointment proposal) {
        return AppointmentRecords.actors(proposal, "Practitioner")
                .filter(actor -> server.reference(actor) != null)
                .findFirst();
    }

    private @Nullable String written(Optional<Reference> actor) {
        return actor.flatMap(found -> Optional.ofNullable(server.reference(found)))
                .map(found -> found.type() + "/" + found.id())
                .orElse(null);
    }
}
