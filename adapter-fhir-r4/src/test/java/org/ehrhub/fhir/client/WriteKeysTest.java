package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteKeysTest {
    @ParameterizedTest
    @MethodSource("records")
    void keepsItsKeyInAnyRecordThatHasIdentifiers(Resource resource) {
        WriteKeys.add(resource, "k1");

        assertThat(WriteKeys.isIn(resource, "k1")).isTrue();
        assertThat(WriteKeys.isIn(resource, "k2")).isFalse();
        WriteKeys.remove(resource, "k1");
        assertThat(WriteKeys.isIn(resource, "k1")).isFalse();
    }

    @Test
    void leavesOtherIdentifiersAlone() {
        var patient = new Patient();
        patient.addIdentifier().setSystem("urn:example:mrn").setValue("k1");

        WriteKeys.add(patient, "k1");
        WriteKeys.remove(patient, "k1");

        assertThat(patient.getIdentifier())
                .singleElement()
                .extracting(Identifier::getSystem)
                .isEqualTo("urn:example:mrn");
    }

    @Test
    void saysThatARecordHasNoPlaceForAKey() {
        assertThatThrownBy(() -> WriteKeys.add(new Binary(), "k1")).hasMessageContaining("identifier");
        assertThat(WriteKeys.isIn(new Binary(), "k1")).isFalse();
    }

    @Test
    void searchesForIt() {
        assertThat(WriteKeys.search("Task", "k1").text()).isEqualTo("Task?identifier=urn%3Aehrhub%3Awrite-key%7Ck1");
    }

    private static Stream<Resource> records() {
        return Stream.of(
                new Patient(),
                new DocumentReference(),
                new Observation(),
                new ServiceRequest(),
                new Task(),
                new Communication(),
                new Coverage(),
                new QuestionnaireResponse(),
                new Basic());
    }
}
