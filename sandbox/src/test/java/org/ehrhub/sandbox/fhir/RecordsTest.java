package org.ehrhub.sandbox.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** Records that another server keeps under ids of its own, and searches by this one's index. */
class RecordsTest {
    private static final Habits HABITS =
            new Habits("other", ZoneOffset.UTC, 20, 100, true, Set.of(), Set.of(), Map.of());

    private final Records records = Records.none(FhirContext.forR4Cached(), HABITS, Clock.systemUTC());

    @Test
    void aKeptRecordIsFoundUnderItsOwnIdAsItIsNow() {
        records.keep(patient("One"));
        records.keep(patient("Two"));

        assertThat(records.matching("Patient", "family=One")).isEmpty();
        assertThat(records.matching("Patient", "family=Two"))
                .extracting(IBaseResource::getIdElement)
                .extracting(id -> id.getIdPart())
                .containsExactly("p1");
    }

    @Test
    void aDroppedRecordIsNotFoundAndMayComeBack() {
        records.keep(patient("One"));
        records.drop("Patient", "p1");
        assertThat(records.matching("Patient", "family=One")).isEmpty();

        records.keep(patient("One"));

        assertThat(records.matching("Patient", "family=One")).hasSize(1);
    }

    @Test
    void aPageHasItsMatchesAndWhatTheyInclude() {
        records.keep(patient("One"));
        var note = new Observation();
        note.setId("o1");
        note.setSubject(new Reference("Patient/p1"));
        records.keep(note);

        var page = records.page(
                "Observation",
                Map.of("subject", new String[] {"Patient/p1"}, "_include", new String[] {"Observation:subject"}));

        assertThat(page.size()).isEqualTo(1);
        assertThat(page.getAllResources()).hasSize(2);
    }

    @Test
    void whatIsUnknownIsRefused() {
        assertThatThrownBy(() -> records.page("Patient", Map.of("shoe-size", new String[] {"44"})))
                .isInstanceOf(InvalidRequestException.class);
    }

    private static Patient patient(String family) {
        var patient = new Patient();
        patient.setId("p1");
        patient.addName().setFamily(family);
        return patient;
    }
}
