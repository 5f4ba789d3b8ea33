package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientDetails;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientTools;

/** Finding people: each criterion narrows, and no character of a caller breaks a search. */
record PatientSearchPromises(Bench bench) {
    private static final int FEW = 3;

    Stream<Promise> all() {
        if (!bench.has(PatientTools.SEARCH)) {
            return Stream.empty();
        }
        var promises = Stream.<Promise>builder();
        promises.add(new Promise("patient.search honours `birthDate`", this::birthDate));
        promises.add(new Promise("patient.search honours `gender`", this::gender));
        promises.add(new Promise("patient.search lets no character of a caller break it", this::characters));
        if (bench.has(PatientTools.SEARCH, Feature.SEARCH_BY_PHONE)) {
            promises.add(new Promise("patient.search honours the digits of `phone`", this::phone));
        }
        if (bench.has(PatientTools.GET)) {
            promises.add(new Promise("patient.get gets the patient that patient.search found", this::found));
            promises.add(new Promise("patient.search honours `family`", this::family));
            promises.add(new Promise("patient.search honours `given`", this::given));
            if (bench.has(PatientTools.SEARCH, Feature.SEARCH_BY_IDENTIFIER)) {
                promises.add(new Promise(
                        "patient.search honours `identifier`, with and without its system", this::identifier));
            }
        }
        return promises.build();
    }

    private void found() {
        for (var row : some()) {
            var patient = (Patient) bench.calls().got(PatientTools.GET, new PatientGet(row.patient()));

            Answers.agree(row, patient);
            assertThat(patient.details()).isNull();
        }
    }

    private void family() {
        var family = String.valueOf(bench.ehr().severalPatients().family());

        assertThat(matches(Map.of()))
                .hasSizeGreaterThan(FEW)
                .allSatisfy(
                        row -> assertThat(String.valueOf(details(row.patient()).family()))
                                .startsWithIgnoringCase(family));
    }

    private void given() {
        var given = details(some().getFirst().patient()).given().getFirst();

        assertThat(matches(Map.of("given", given)))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(details(row.patient()).given()).anyMatch(name -> name.startsWith(given)));
    }

    private void birthDate() {
        var born = Objects.requireNonNull(some().getFirst().birthDate());

        assertThat(matches(Map.of("birthDate", born)))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.birthDate()).isEqualTo(born));
        assertThat(matches(Map.of("birthDate", "1801-01-01"))).isEmpty();
    }

    private void gender() {
        var gender = Objects.requireNonNull(some().getFirst().gender());

        assertThat(matches(Map.of("gender", gender)))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.gender()).isEqualTo(gender));
    }

    private void identifier() {
        var known = some().getFirst();
        var identifier = details(known.patient()).identifiers().getFirst();

        assertThat(matches(Map.of("identifier", identifier.value())))
                .extracting(PatientMatch::patient)
                .contains(known.patient());
        assertThat(matches(Map.of("identifier", identifier.system() + "|" + identifier.value())))
                .extracting(PatientMatch::patient)
                .contains(known.patient());
        assertThat(matches(Map.of("identifier", "urn:nobody:uses|" + identifier.value())))
                .isEmpty();
    }

    private void phone() {
        var known =
                some().stream().filter(row -> row.phone() != null).findFirst().orElseThrow();
        var digits = String.valueOf(known.phone()).replaceAll("\\D", "");

        assertThat(matches(Map.of("phone", digits)))
                .extracting(PatientMatch::patient)
                .contains(known.patient());
        assertThat(matches(Map.of("phone", "00000000001"))).isEmpty();
    }

    private void characters() {
        for (var text : List.of("a,b", "a|b", "a$b", "a\\b", "a&family=", "a=b", "a%2Cb", "a b", "ä🙂", "a#b", "a+b")) {
            assertThat(matches(Map.of("family", Marker.FAMILY + text))).isEmpty();
        }
    }

    private List<PatientMatch> some() {
        return matches(Map.of()).stream().limit(FEW).toList();
    }

    private PatientDetails details(Reference reference) {
        var patient = (Patient) bench.calls().got(PatientTools.GET, new PatientGet(reference, true));
        return Objects.requireNonNull(patient.details());
    }

    /** Who fits the known family name and these. */
    private List<PatientMatch> matches(Map<String, String> more) {
        Record input = bench.ehr().severalPatients();
        for (var one : more.entrySet()) {
            input = Inputs.with(input, one.getKey(), one.getValue());
        }
        return bench.calls().all(PatientTools.SEARCH, input).stream()
                .map(PatientMatch.class::cast)
                .toList();
    }
}
