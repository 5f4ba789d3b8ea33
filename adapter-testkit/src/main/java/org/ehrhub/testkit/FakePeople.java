package org.ehrhub.testkit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.patients.PatientUpdate;

/** The patients of a {@link FakeEhr} and its tools about them; works under the fake's lock. */
final class FakePeople {
    private final FakeDesk desk;
    private final FakeShelf<Patient> shelf = new FakeShelf<>();

    FakePeople(FakeDesk desk) {
        this.desk = desk;
    }

    void add(Patient patient) {
        shelf.add(patient.patient().id(), patient, "");
    }

    /** The patient of a reference into this EHR, who must be there. */
    Patient known(Reference patient) {
        return shelf.find(desk.own(patient)).orElseThrow(FakeDesk::missing).value();
    }

    void register(ToolHandlers.Builder tools) {
        tools.on(PatientTools.GET, this::get)
                .onList(PatientTools.SEARCH, this::search, Feature.SEARCH_BY_PHONE, Feature.SEARCH_BY_IDENTIFIER)
                .onWrite(
                        PatientTools.CREATE,
                        new FakeWrite<>(desk, "patient.create", shelf, input -> Optional.empty(), this::create),
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        PatientTools.UPDATE,
                        new FakeWrite<>(
                                desk,
                                "patient.update",
                                shelf,
                                input -> Optional.of(desk.own(input.patient())),
                                this::update),
                        Feature.WRITE_KEY_STORED);
    }

    private ToolResult<Patient> get(PatientGet input, CallContext call) {
        var id = desk.own(input.patient());
        desk.fake().arrive("patient.get", input, call);
        synchronized (desk.fake()) {
            var held = shelf.find(id).orElseThrow(FakeDesk::missing);
            return desk.ok(
                    Boolean.TRUE.equals(input.details())
                            ? held.value()
                            : held.value().brief(),
                    held.etag());
        }
    }

    private ToolResult<Page<PatientMatch>> search(PatientSearch input, CallContext call) {
        var fault = desk.fake().arrive("patient.search", input, call);
        synchronized (desk.fake()) {
            var rows = shelf.all().stream()
                    .filter(patient ->
                            fault.ignoresFilters() || FakePatientFit.fits(input).test(patient))
                    .map(Patient::match)
                    .toList();
            return desk.page(rows, input, call);
        }
    }

    private FakeShelf.Held<Patient> create(PatientCreate input, String key) {
        var accepted = Objects.requireNonNullElse(input.notDuplicateOf(), List.<Reference>of());
        var alike = new PatientSearch(
                null, input.family(), input.given().getFirst(), input.birthDate(), null, null, null, null, null);
        if (shelf.all().stream()
                .filter(FakePatientFit.fits(alike))
                .anyMatch(other -> !accepted.contains(other.patient()))) {
            throw new EhrFailure(
                    ErrorCode.AMBIGUOUS_MATCH,
                    "Somebody of this name and birth date is registered.",
                    "Call patient.search, and call again with notDuplicateOf when the user says that they are others.");
        }
        var id = shelf.free("patient");
        return shelf.add(id, FakePatientForm.born(desk.reference("Patient", id), input), key);
    }

    private FakeShelf.Held<Patient> update(PatientUpdate input, String key) {
        var id = input.patient().id();
        FakeDesk.sameVersion(shelf.find(id).orElseThrow(FakeDesk::missing).etag(), input.version());
        return shelf.change(id, old -> FakePatientForm.changed(old, input), key);
    }
}
