package org.ehrhub.hl7v2;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;

/** A PDQ supplier with some people in it, and the trial adapter on it, called as the hub calls an adapter. */
record PdqHospital(PdqPeople people, PdqSupplier supplier, EhrAdapter adapter) implements AutoCloseable {
    static final String OID = "1.3.6.1.4.1.99999.1";

    static PdqHospital open() throws InterruptedException {
        var authority = "^^^STM&" + OID + "&ISO^MR";
        var people = new PdqPeople()
                .add("1001" + authority, "Hill^Grace^Anne^^^^L", "19480321", "F")
                .add("1002" + authority + "~77^^^LAB", "Hill^George^^^^^L", "197011", "M")
                .add("1003" + authority, "Hillmann^Jörg^^^^^L", "19700214", "M")
                .add("1004" + authority, "O\\T\\Neil^Ada^^^^^L", "1951", "")
                .add("1005" + authority + "~1006" + authority, "Young^Ida^^^^^L", "19800101", "F")
                .add("1008" + authority, "Hilliard^Ben^^^^^L", "20010203", "M")
                .add("1007" + authority, "Stone^Max^^^^^L", "19900909", "M")
                .add("1007" + authority, "Stone^Maxim^^^^^L", "19910909", "M");
        var supplier = PdqSupplier.with(people);
        var trial = new PdqTrial("hospital", supplier.address(), "STM", InstantSource.system());
        return new PdqHospital(people, supplier, trial);
    }

    static Reference patient(String number) {
        return new PdqKey(number, "STM", OID).in("hospital");
    }

    static PatientSearch family(String family, int limit) {
        return new PatientSearch(null, family, null, null, null, null, null, null, limit);
    }

    static PatientSearch identifier(String identifier) {
        return new PatientSearch(null, null, null, null, null, identifier, null, null, null);
    }

    static CallContext call() {
        return until(Instant.now().plusSeconds(10));
    }

    static CallContext until(Instant deadline) {
        return new CallContext("c1", new Caller("tester", Set.of()), deadline);
    }

    Page<PatientMatch> found(PatientSearch input, CallContext call) {
        return ((ToolResult.Ok<Page<PatientMatch>>) search(input, call)).value();
    }

    ToolResult<Page<PatientMatch>> search(PatientSearch input, CallContext call) {
        return this.<PatientSearch, Page<PatientMatch>>ask(PatientTools.SEARCH, input, call);
    }

    ToolResult<Patient> get(Reference patient) {
        return this.<PatientGet, Patient>ask(PatientTools.GET, new PatientGet(patient, true), call());
    }

    /** How a search failed. */
    ToolResult.Failed<Page<PatientMatch>> failure(PatientSearch input, CallContext call) {
        return (ToolResult.Failed<Page<PatientMatch>>) search(input, call);
    }

    /** How reading a patient failed. */
    ErrorCode failure(Reference patient) {
        return ((ToolResult.Failed<Patient>) get(patient)).code();
    }

    @SuppressWarnings("unchecked") // the registration gave the handler the tool's types
    private <I extends Record, O extends Record> ToolResult<O> ask(
            CanonicalTool<?, ?> tool, I input, CallContext call) {
        var handler = (ToolHandler<I, O>)
                adapter.handlers().find(tool.name()).orElseThrow().handler();
        try {
            return handler.handle(input, call);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    @Override
    public void close() {
        adapter.close();
        supplier.close();
    }
}
