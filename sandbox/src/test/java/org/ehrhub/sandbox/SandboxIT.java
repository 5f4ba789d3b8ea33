package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxIT {
    private static final String TUESDAY = "/Appointment/$find?start=2026-03-03&end=2026-03-03";

    private Sandbox sandbox;
    private IGenericClient lakeside;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
        lakeside = Client.of(sandbox, "lakeside");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void proposesFreeTimesAtLakesideAndBooksTwiceWithoutComplaint() throws Exception {
        Bundle free = find(TUESDAY + "&practitioner=Practitioner/lk-dr-1");
        var proposed = (Appointment) free.getEntryFirstRep().getResource();
        assertThat(free.getTotal()).isBetween(1, 16);
        assertThat(proposed.hasId()).isFalse();
        assertThat(proposed.getStatus()).isEqualTo(Appointment.AppointmentStatus.PROPOSED);
        assertThat(proposed.getStartElement().getValueAsString())
                .startsWith("2026-03-03T")
                .endsWith("+00:00");

        lakeside.create().resource(booked(proposed, "lk-1001")).execute();
        assertThat(find(TUESDAY + "&practitioner=lk-dr-1").getTotal()).isEqualTo(free.getTotal() - 1);
        assertThat(lakeside.create()
                        .resource(booked(proposed, "lk-1002"))
                        .execute()
                        .getCreated())
                .isTrue();
    }

    @Test
    void freesATimeWhenItsAppointmentIsCancelled() throws Exception {
        Bundle free = find(TUESDAY);
        var made = lakeside.create()
                .resource(booked((Appointment) free.getEntryFirstRep().getResource(), "lk-1001"))
                .execute();
        Appointment stored = lakeside.read()
                .resource(Appointment.class)
                .withId(made.getId().getIdPart())
                .execute();
        lakeside.update()
                .resource(stored.setStatus(Appointment.AppointmentStatus.CANCELLED))
                .execute();
        assertThat(find(TUESDAY).getTotal()).isEqualTo(free.getTotal());
    }

    @Test
    void findsFreeTimesByPostAndNarrowsThemByService() throws Exception {
        var parameters = new Parameters();
        parameters.addParameter("start", new DateTimeType("2026-03-03"));
        parameters.addParameter("end", new DateTimeType("2026-03-03"));
        parameters.addParameter().setName("practitioner").setValue(new Reference("Practitioner/lk-dr-2"));
        Bundle posted = lakeside.operation()
                .onType(Appointment.class)
                .named("$find")
                .withParameters(parameters)
                .returnResourceType(Bundle.class)
                .execute();
        assertThat(posted.getTotal())
                .isEqualTo(find(TUESDAY + "&practitioner=lk-dr-2").getTotal());
        assertThat(find(TUESDAY + "&service-type=394579002").getTotal())
                .isPositive()
                .isLessThan(find(TUESDAY).getTotal());
        assertThat(find(TUESDAY + "&service-type=0").getTotal()).isZero();
    }

    @Test
    void offersNoTimeInThePastOrAtTheWeekendOrBeyondTheHorizon() throws Exception {
        assertThat(find("/Appointment/$find?start=2026-03-02&end=2026-03-02").getEntry())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(((Appointment) entry.getResource())
                                .getStartElement()
                                .getValueAsString())
                        .isGreaterThanOrEqualTo("2026-03-02T12:00"));
        assertThat(find("/Appointment/$find?start=2026-03-07&end=2026-03-08").getTotal())
                .isZero();
        assertThat(find("/Appointment/$find?start=2026-04-01&end=2026-04-02").getTotal())
                .isZero();
        assertThat(Client.get(sandbox, "lakeside", "/Appointment/$find?start=2026-04-01")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Client.get(sandbox, "stmarys", TUESDAY).statusCode()).isEqualTo(404);
    }

    @Test
    void hasNoSlotsAndNoTransactionsAtLakeside() {
        Client.refused(
                404,
                () -> lakeside.search()
                        .byUrl("Slot?status=free")
                        .returnBundle(Bundle.class)
                        .execute());
        Client.refused(
                400,
                () -> lakeside.transaction()
                        .withBundle(new Bundle().setType(Bundle.BundleType.TRANSACTION))
                        .execute());
    }

    @Test
    void declaresWhatEachSiteDoes() {
        var one = rest("stmarys");
        var other = rest("lakeside");
        assertThat(types(one)).contains("Patient", "Slot", "Appointment");
        assertThat(types(other)).contains("Patient", "Appointment").doesNotContain("Slot");
        assertThat(one.getInteraction()).hasSize(2);
        assertThat(other.getInteraction()).isEmpty();
        assertThat(resource(other, "Appointment").getOperationFirstRep().getName())
                .isEqualTo("find");
        assertThat(resource(one, "Appointment").getOperation()).isEmpty();
        assertThat(resource(one, "ClaimResponse").getInteraction())
                .extracting(interaction -> interaction.getCode().toCode())
                .containsExactlyInAnyOrder("read", "search-type");
        assertThat(resource(one, "Slot").getSearchInclude())
                .extracting(PrimitiveType::getValueAsString)
                .containsExactly("Slot:schedule");
    }

    @Test
    void hasEachOperationAtTheSiteThatDeclaresIt() throws Exception {
        assertThat(operations(rest("stmarys")))
                .containsExactly(
                        "Claim/$inquire",
                        "Claim/$submit",
                        "CodeSystem/$lookup",
                        "CodeSystem/$validate-code",
                        "ConceptMap/$translate",
                        "CoverageEligibilityRequest/$submit",
                        "Patient/$everything",
                        "ValueSet/$expand",
                        "ValueSet/$validate-code");
        assertThat(operations(rest("lakeside"))).containsExactly("Appointment/$find", "Patient/$summary");
        for (String other : List.of("/CodeSystem/$lookup?code=1", "/Patient/lk-1001/$everything")) {
            assertThat(Client.get(sandbox, "lakeside", other).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void claimsAtLakesideToCreateTasksAndDoesNot() {
        assertThat(resource(rest("lakeside"), "Task").getInteraction())
                .extracting(interaction -> interaction.getCode().toCode())
                .contains("create");
        Client.refused(501, () -> lakeside.create().resource(new Task()).execute());
    }

    @Test
    void hasNoSmartConfiguration() throws Exception {
        assertThat(Client.get(sandbox, "stmarys", "/.well-known/smart-configuration")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void understandsEverySearchParameterItDeclares() throws Exception {
        // lakeside has the same types and parameters, as far as it has them.
        for (var resource : rest("stmarys").getResource()) {
            for (var parameter : resource.getSearchParam()) {
                String value = parameter.getType().toCode().equals("date") ? "2026" : "x";
                String search = "/" + resource.getType() + "?_count=1&" + parameter.getName() + "=" + value;
                assertThat(Client.get(sandbox, "stmarys", search).statusCode())
                        .as(search)
                        .isEqualTo(200);
            }
        }
    }

    private Bundle find(String relative) throws Exception {
        var answer = Client.get(sandbox, "lakeside", relative);
        assertThat(answer.statusCode()).isEqualTo(200);
        return lakeside.getFhirContext().newJsonParser().parseResource(Bundle.class, answer.body());
    }

    private static Appointment booked(Appointment proposed, String patient) {
        var appointment = proposed.copy().setStatus(Appointment.AppointmentStatus.BOOKED);
        appointment.addParticipant().setActor(new Reference("Patient/" + patient));
        return appointment;
    }

    private CapabilityStatementRestComponent rest(String site) {
        return Client.of(sandbox, site)
                .capabilities()
                .ofType(CapabilityStatement.class)
                .execute()
                .getRestFirstRep();
    }

    private static List<String> types(CapabilityStatementRestComponent rest) {
        return rest.getResource().stream()
                .map(CapabilityStatementRestResourceComponent::getType)
                .toList();
    }

    private static List<String> operations(CapabilityStatementRestComponent rest) {
        return rest.getResource().stream()
                .flatMap(type ->
                        type.getOperation().stream().map(operation -> type.getType() + "/$" + operation.getName()))
                .sorted()
                .toList();
    }

    private static CapabilityStatementRestResourceComponent resource(
            CapabilityStatementRestComponent rest, String type) {
        return rest.getResource().stream()
                .filter(resource -> resource.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
