package org.ehrhub.fhir.patients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.patients.PatientCreate;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * People of an EHR who may be the one to be registered: of the same family name and birth date, with the same medical record
 * number, or with the same phone number and either the same birth date or the same name.
 */
final class Duplicates {
    private static final String HINT =
            "Call patient.search with the same family and birthDate, or identifier or phone, and show the user who is"
                    + " there; call again with notDuplicateOf only when the user says that they are others.";

    private static final String OUT_OF_USE =
            "A record that looks the same was passed over: it is out of use, or another one has taken its place.";

    private final FhirServer server;
    private final ResultPages pages;

    Duplicates(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /**
     * Looks before a patient is registered; what this very call registered in an earlier try does not count, nor do records
     * that are out of use, such as one that an intake took back, or whose place others have taken.
     *
     * @return what is to be said of those that do not count
     * @throws EhrFailure {@code AMBIGUOUS_MATCH} with how many there are, and nothing of who they are
     */
    List<String> mustBeNone(PatientCreate input, CallContext call) {
        var others = others(input);
        var found = candidates(input, call).values().stream()
                .filter(one -> !WriteKeys.isIn(one, call.writeKey()))
                .toList();
        var counted = found.stream().filter(Duplicates::isInUse).toList();
        var left = counted.stream()
                .filter(one -> !others.contains(one.getIdPart()))
                .count();
        if (left > 0) {
            throw sameAs(left == 1 ? "1 patient of the EHR looks" : left + " patients of the EHR look");
        }
        if (counted.stream().anyMatch(one -> hasMrn(one, input.mrn()))) {
            throw Refusal.invalid("mrn", "is another patient's.", "Leave it out, or give the right one.");
        }
        if (found.stream().anyMatch(one -> hasMrn(one, input.mrn()))) {
            throw Refusal.invalid(
                    "mrn",
                    "is that of a record that is out of use.",
                    "Find that record with patient.search and use it again, or leave the number out.");
        }
        return counted.size() == found.size() ? List.of() : List.of(OUT_OF_USE);
    }

    /** What it means that the EHR itself refuses a patient as one it has. */
    static EhrFailure refused() {
        return sameAs("The EHR says that a patient of it looks");
    }

    /** Whether a record has the family name and the birth date. */
    static boolean isNamesake(Patient one, String family, String birthDate) {
        var held = one.getBirthDateElement().getValueAsString();
        var plain = PatientFilter.plain(family);
        return held != null
                && birthDate.startsWith(held)
                && one.getName().stream()
                        .anyMatch(name -> name.hasFamily()
                                && PatientFilter.plain(name.getFamily()).equals(plain));
    }

    private static boolean isInUse(Patient one) {
        return !Links.isReplaced(one) && (!one.hasActive() || one.getActive());
    }

    private static EhrFailure sameAs(String who) {
        return new EhrFailure(ErrorCode.AMBIGUOUS_MATCH, who + " the same; nobody was registered.", HINT);
    }

    private Set<String> others(PatientCreate input) {
        return input.notDuplicateOf() == null
                ? Set.of()
                : input.notDuplicateOf().stream()
                        .map(one -> FhirId.of(one, "notDuplicateOf", server.ehr()))
                        .collect(Collectors.toSet());
    }

    private Map<String, Patient> candidates(PatientCreate input, CallContext call) {
        var found = new LinkedHashMap<String, Patient>();
        for (var search : searches(input)) {
            pages.all(Patient.class, search, call).stream()
                    .filter(one -> looksSame(one, input))
                    .forEach(one -> found.put(one.getIdPart(), one));
        }
        return found;
    }

    private static List<SearchUrl> searches(PatientCreate input) {
        var searches = new ArrayList<SearchUrl>();
        searches.add(SearchUrl.of("Patient").text("family", input.family()).text("birthdate", input.birthDate()));
        if (input.mrn() != null) {
            searches.add(SearchUrl.of("Patient").token("identifier", input.mrn()));
        }
        if (input.phone() != null) {
            searches.add(SearchUrl.of("Patient").anyOf("phone", PatientReading.spellings(input.phone())));
        }
        return searches;
    }

    private static boolean looksSame(Patient one, PatientCreate input) {
        return isNamesake(one, input.family(), input.birthDate())
                || hasMrn(one, input.mrn())
                || (hasPhone(one, input.phone()) && (isBornThen(one, input) || isNamed(one, input)));
    }

    private static boolean isBornThen(Patient one, PatientCreate input) {
        return input.birthDate().equals(one.getBirthDateElement().getValueAsString());
    }

    private static boolean isNamed(Patient one, PatientCreate input) {
        var family = PatientFilter.plain(input.family());
        var given = PatientFilter.plain(input.given().getFirst());
        return one.getName().stream()
                .anyMatch(name -> name.hasFamily()
                        && PatientFilter.plain(name.getFamily()).equals(family)
                        && PatientRecords.texts(name.getGiven()).stream()
                                .anyMatch(held -> PatientFilter.plain(held).equals(given)));
    }

    private static boolean hasMrn(Patient one, @Nullable String mrn) {
        return mrn != null
                && one.getIdentifier().stream().anyMatch(id -> mrn.equals(id.getSystem() + "|" + id.getValue()));
    }

    private static boolean hasPhone(Patient one, @Nullable String phone) {
        return phone != null
                && one.getTelecom().stream()
                        .filter(ContactPoint::hasValue)
                        .anyMatch(contact ->
                                PatientFilter.digits(contact.getValue()).equals(PatientFilter.digits(phone)));
    }
}
