package org.ehrhub.medplum.scheduling;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Schedule;
import org.jspecify.annotations.Nullable;

/** The schedules of one call, and what each offers through Medplum; a service is read once. */
final class Offerings {
    private static final String MOST_A_PAGE = "100";

    /** Of a service that the hub may not read; enough for any visit that people are invited to. */
    private static final Duration LONG = Duration.ofDays(1);

    /** So that something is left of the 31 days that can be asked for at once. */
    private static final Duration LONGEST = Duration.ofDays(10);

    private final FhirServer server;
    private final CallContext call;
    private final Map<String, Optional<HealthcareService>> services = new HashMap<>();

    Offerings(FhirServer server, CallContext call) {
        this.server = server;
        this.call = call;
    }

    /** The schedules in use, all or one practitioner's, in the order of their ids. */
    List<Schedule> schedules(@Nullable Reference practitioner) {
        var search = SearchUrl.of("Schedule").written("_count", MOST_A_PAGE);
        if (practitioner != null) {
            var id = FhirId.of(practitioner, "practitioner", server.ehr());
            search.written("actor", "Practitioner/" + id);
        }
        return new ResultPages(server)
                .all(Schedule.class, search, call).stream()
                        .filter(schedule -> !schedule.hasActive() || schedule.getActive())
                        .filter(schedule -> practitioner == null || isOf(schedule, practitioner))
                        .sorted(Comparator.comparing(Schedule::getIdPart))
                        .toList();
    }

    /** What a schedule offers through Medplum; nothing where Medplum does not look after it. */
    List<Offering> of(Schedule schedule) {
        return schedule.getServiceType().stream()
                .flatMap(concept -> of(schedule, concept).stream())
                .toList();
    }

    private boolean isOf(Schedule schedule, Reference practitioner) {
        return schedule.getActor().stream().anyMatch(actor -> practitioner.equals(server.reference(actor)));
    }

    private Optional<Offering> of(Schedule schedule, CodeableConcept concept) {
        var named = MedplumScheduling.service(concept);
        var reference =
                named.map(server::reference).filter(found -> found.type().equals("HealthcareService"));
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        var id = reference.get().id();
        var display = named.get().getDisplay();
        var service = services.computeIfAbsent(id, this::read);
        if (service.isEmpty()) {
            return Optional.of(new Offering(schedule, id, display, List.of(concept), LONG, LONG));
        }
        return MedplumScheduling.hasParameters(service.get()) || MedplumScheduling.hasParameters(schedule)
                ? Optional.of(offering(schedule, concept, service.get(), display))
                : Optional.empty();
    }

    private static Offering offering(
            Schedule schedule, CodeableConcept concept, HealthcareService service, @Nullable String display) {
        var types =
                Stream.concat(Stream.of(concept), service.getType().stream()).toList();
        var visit = longest(schedule, service, "duration");
        var after = longest(schedule, service, "bufferAfter");
        return new Offering(
                schedule,
                service.getIdPart(),
                display == null ? service.getName() : display,
                types,
                atMost(longest(schedule, service, "bufferBefore")),
                atMost(visit.plus(after)));
    }

    private static Duration longest(Schedule schedule, HealthcareService service, String name) {
        var own = MedplumScheduling.longest(schedule, name);
        var shared = MedplumScheduling.longest(service, name);
        return own.compareTo(shared) > 0 ? own : shared;
    }

    private static Duration atMost(Duration length) {
        return length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }

    /** The service, where the hub may read it; its times can be asked for without. */
    private Optional<HealthcareService> read(String id) {
        try {
            return Optional.of(server.read(HealthcareService.class, id, call));
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
