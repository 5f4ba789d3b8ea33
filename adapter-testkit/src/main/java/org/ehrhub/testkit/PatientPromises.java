package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Objects;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an adapter promises about patients; extended through {@link AdapterContract}. */
public abstract class PatientPromises {
    private static final int FEW = 3;

    /** The EHR the adapter is tried on. */
    protected abstract ContractEhr ehr();

    @Test
    void getsThePatientThatASearchFound() {
        calls().need(PatientTools.GET);
        for (var row : some()) {
            var patient = get(row.patient());

            assertThat(patient.patient()).isEqualTo(row.patient());
            assertThat(patient.name()).isEqualTo(row.name());
            assertThat(patient.birthDate()).isEqualTo(row.birthDate());
            assertThat(patient.mrn()).isEqualTo(row.mrn());
            assertThat(patient.details()).isNull();
        }
    }

    @Test
    void saysThatAnUnknownPatientIsNotFound() {
        calls().need(PatientTools.GET);
        var unknown = new PatientGet(new Reference(ehr().name(), "Patient", "nobody-has-this-id"));

        assertThat(ContractCalls.code(calls().read(PatientTools.GET, unknown))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesAReferenceIntoAnotherEhrBeforeTheWire() {
        calls().need(PatientTools.GET);
        refusedUnsent(new Reference("another-ehr", "Patient", "1"));
    }

    @Test
    void refusesAnImpossibleIdBeforeTheWire() {
        calls().need(PatientTools.GET);
        assumeThat(ehr().impossibleId()).isPresent();
        refusedUnsent(
                new Reference(ehr().name(), "Patient", ehr().impossibleId().orElseThrow()));
    }

    @Test
    void narrowsByFamilyName() {
        calls().need(PatientTools.SEARCH);
        var family = ehr().severalPatients().family();

        assertThat(all(ehr().severalPatients()))
                .hasSizeGreaterThan(FEW)
                .allSatisfy(
                        row -> assertThat(String.valueOf(details(row.patient()).family()))
                                .startsWithIgnoringCase(String.valueOf(family)));
    }

    @Test
    void narrowsByGivenName() {
        calls().need(PatientTools.SEARCH);
        var given = details(some().getFirst().patient()).given().getFirst();
        var found = all(asked(given, null, null, null, null));

        assertThat(found)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(details(row.patient()).given()).anyMatch(name -> name.startsWith(given)));
    }

    @Test
    void narrowsByBirthDate() {
        calls().need(PatientTools.SEARCH);
        var born = some().getFirst().birthDate();

        assertThat(all(asked(null, born, null, null, null)))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.birthDate()).isEqualTo(born));
        assertThat(all(asked(null, "1801-01-01", null, null, null))).isEmpty();
    }

    @Test
    void narrowsByGender() {
        calls().need(PatientTools.SEARCH);
        var gender = some().getFirst().gender();

        assertThat(all(asked(null, null, gender, null, null)))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.gender()).isEqualTo(gender));
    }

    @Test
    void narrowsByIdentifierWithAndWithoutSystem() {
        calls().need(PatientTools.SEARCH);
        var known = some().getFirst();
        var identifier = details(known.patient()).identifiers().getFirst();

        assertThat(all(asked(null, null, null, identifier.value(), null)))
                .extracting(PatientMatch::patient)
                .contains(known.patient());
        assertThat(all(asked(null, null, null, identifier.system() + "|" + identifier.value(), null)))
                .extracting(PatientMatch::patient)
                .contains(known.patient());
        assertThat(all(asked(null, null, null, "urn:nobody:uses|" + identifier.value(), null)))
                .isEmpty();
    }

    @Test
    void narrowsByTheDigitsOfAPhoneNumber() {
        calls().need(PatientTools.SEARCH);
        var known =
                some().stream().filter(row -> row.phone() != null).findFirst().orElseThrow();
        var digits = String.valueOf(known.phone()).replaceAll("\\D", "");

        assertThat(all(asked(null, null, null, null, digits)))
                .extracting(PatientMatch::patient)
                .contains(known.patient());
        assertThat(all(asked(null, null, null, null, "00000000001"))).isEmpty();
    }

    @Test
    void letsNoCharacterOfACallerBreakASearch() {
        calls().need(PatientTools.SEARCH);
        for (var text : List.of("a,b", "a|b", "a$b", "a\\b", "a&family=", "a=b", "a%2Cb", "a b", "ä🙂", "a#b", "a+b")) {
            var input = new PatientSearch(null, "Zz" + text, null, null, null, null, null, null, null);

            assertThat(calls().page(PatientTools.SEARCH, input, null).items()).isEmpty();
        }
    }

    @Test
    void pagesThroughTheSamePatientsWhateverTheLimit() {
        calls().need(PatientTools.SEARCH);
        var small = calls().all(PatientTools.SEARCH, ehr().severalPatients(), FEW, PatientPromises::limited);

        assertThat(small).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all(ehr().severalPatients()));
    }

    ContractCalls calls() {
        return new ContractCalls(ehr());
    }

    List<PatientMatch> some() {
        calls().need(PatientTools.SEARCH);
        return calls().page(PatientTools.SEARCH, limited(ehr().severalPatients(), FEW), null)
                .items();
    }

    private void refusedUnsent(Reference reference) {
        long before = ehr().requests();

        var result = calls().read(PatientTools.GET, new PatientGet(reference));

        assertThat(ContractCalls.code(result)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(result.toString()).doesNotContain(reference.id() + " ");
        assertThat(ehr().requests()).isEqualTo(before);
    }

    private PatientDetails details(Reference reference) {
        var patient = ContractCalls.ok(calls().read(PatientTools.GET, new PatientGet(reference, true)));
        return Objects.requireNonNull(patient.details());
    }

    private Patient get(Reference reference) {
        return ContractCalls.ok(calls().read(PatientTools.GET, new PatientGet(reference)));
    }

    private List<PatientMatch> all(PatientSearch input) {
        return calls().all(PatientTools.SEARCH, input, 100, PatientPromises::limited);
    }

    /** The known family name and one criterion more. */
    private PatientSearch asked(
            @Nullable String given,
            @Nullable String birthDate,
            @Nullable String gender,
            @Nullable String identifier,
            @Nullable String phone) {
        var family = ehr().severalPatients().family();
        return new PatientSearch(null, family, given, birthDate, gender, identifier, phone, null, null);
    }

    private static PatientSearch limited(PatientSearch input, int limit) {
        return new PatientSearch(
                input.ehr(),
                input.family(),
                input.given(),
                input.birthDate(),
                input.gender(),
                input.identifier(),
                input.phone(),
                null,
                limit);
    }
}
