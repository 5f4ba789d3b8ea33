package org.ehrhub.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.hl7v2.PdqHospital.call;
import static org.ehrhub.hl7v2.PdqHospital.family;
import static org.ehrhub.hl7v2.PdqHospital.identifier;
import static org.ehrhub.hl7v2.PdqHospital.patient;

import java.util.Set;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Address;
import org.ehrhub.tools.patients.Identifier;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PdqTrialIT {
    private static PdqHospital hospital;

    @BeforeAll
    static void open() throws InterruptedException {
        hospital = PdqHospital.open();
    }

    @AfterAll
    static void close() {
        hospital.close();
    }

    @BeforeEach
    void reset() {
        hospital.supplier().reset();
    }

    @Test
    void registersOnlyWhatItDoes() {
        assertThat(hospital.adapter().handlers().names()).isEqualTo(Set.of("patient.search", "patient.get"));
    }

    @Test
    void findsPeopleByTheBeginningOfTheirName() {
        var page = hospital.found(family("Hill", 20), call());

        assertThat(page.items())
                .extracting(PatientMatch::name)
                .containsExactly("Grace Anne Hill", "George Hill", "Jörg Hillmann", "Ben Hilliard");
        assertThat(page.total()).hasValue(4);
        assertThat(page.complete()).isTrue();
    }

    @Test
    void givesDatesAsExactlyAsTheSupplierKnowsThem() {
        assertThat(hospital.found(family("Hill", 20), call()).items())
                .extracting(PatientMatch::birthDate)
                .containsExactly("1948-03-21", "1970-11", "1970-02-14", "2001-02-03");
        assertThat(hospital.found(family("O&Neil", 20), call()).items())
                .extracting(PatientMatch::birthDate)
                .containsExactly("1951");
    }

    @Test
    void readsOnPageByPage() {
        var first = hospital.found(family("Hill", 2), call());
        var second = hospital.found(family("Hill", 2), call().at(first.nextOrNull()));

        assertThat(first.items()).hasSize(2);
        assertThat(first.total()).hasValue(4);
        assertThat(first.complete()).isFalse();
        assertThat(second.items()).extracting(PatientMatch::name).containsExactly("Jörg Hillmann", "Ben Hilliard");
        assertThat(second.complete()).isTrue();
        var queries = hospital.supplier().queries();
        assertThat(queries).hasSize(2);
        assertThat(queries.get(1)).contains("DSC|").contains(tag(queries.get(0)));
    }

    @Test
    void saysThatRowsAreOutOfReachWhenTheSupplierStops() {
        hospital.supplier().mood(PdqSupplier.Mood.STOPPING);

        var page = hospital.found(family("Hill", 2), call());

        assertThat(page.next()).isEmpty();
        assertThat(page.truncated()).isTrue();
        assertThat(page.complete()).isFalse();
    }

    @Test
    void keepsWhatWasAskedForWhenTheSupplierChoosesWider() {
        var men = new PatientSearch(null, "Hill", null, null, "male", null, null, null, null);

        var page = hospital.found(men, call());

        assertThat(page.items())
                .extracting(PatientMatch::gender)
                .containsOnly("male")
                .hasSize(3);
        assertThat(page.total()).isEmpty();
    }

    @Test
    void answersNobodyWithAnEmptyCompletePage() {
        var page = hospital.found(family("Nobody", 20), call());

        assertThat(page.items()).isEmpty();
        assertThat(page.complete()).isTrue();
    }

    @Test
    void findsAPersonByNumberAndSystem() {
        assertThat(hospital.found(identifier("urn:oid:" + PdqHospital.OID + "|1003"), call())
                        .items())
                .extracting(PatientMatch::name)
                .containsExactly("Jörg Hillmann");
        assertThat(hospital.found(identifier("urn:id:LAB|77"), call()).items())
                .extracting(PatientMatch::name)
                .containsExactly("George Hill");
        assertThat(hospital.found(identifier("urn:id:LAB|1003"), call()).items())
                .isEmpty();
        assertThat(hospital.found(identifier("urn:nobody:uses|1003"), call()).items())
                .isEmpty();
    }

    @Test
    void readsAPersonByTheReferenceItGave() {
        var match = hospital.found(identifier("1001"), call()).items().getFirst();

        var answer = (ToolResult.Ok<Patient>) hospital.get(match.patient());

        var person = answer.value();
        assertThat(person.patient()).isEqualTo(match.patient());
        assertThat(person.details().given()).containsExactly("Grace", "Anne");
        assertThat(person.deceased()).isFalse();
        assertThat(person.language()).isEqualTo("en");
        assertThat(person.details().identifiers())
                .containsExactly(new Identifier("urn:oid:" + PdqHospital.OID, "1001", "MR"));
        assertThat(person.details().addresses()).extracting(Address::city).containsExactly("Springfield");
        assertThat(answer.from().version()).isNull();
        assertThat(answer.warnings()).isEmpty();
    }

    @Test
    void warnsThatAPersonIsKnownUnderAnotherReferenceNow() {
        var answer = (ToolResult.Ok<Patient>) hospital.get(patient("1006"));

        assertThat(answer.value().patient()).isEqualTo(patient("1005"));
        assertThat(answer.warnings()).hasSize(1);
    }

    @Test
    void saysWhenNobodyOrMoreThanOneHasTheNumber() {
        assertThat(hospital.failure(patient("9999"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(hospital.failure(patient("1007"))).isEqualTo(ErrorCode.AMBIGUOUS_MATCH);
    }

    private static String tag(String query) {
        return query.substring(query.indexOf("QPD|")).split("\\|", -1)[2];
    }
}
