package org.ehrhub.fhir.patients;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;

/** {@code patient.get} and {@code patient.search} on one FHIR R4 server. */
public final class PatientReading {
    private static final int NATIONAL_DIGITS = 10;
    private static final String AS_WRITTEN =
            "The EHR compares phone numbers as they are written: somebody whose number is"
                    + " written in an unusual way may be missing. Searching by family name and phone finds them.";

    private static final String REPLACED =
            "Another record has taken this one's place, and the EHR does not say which in a way that the hub can read:"
                    + " search for the patient again.";

    private final FhirServer server;
    private final ResultPages pages;

    /** The patients of this server. */
    public PatientReading(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /** Reads one patient: one exchange. */
    public ToolResult<Patient> get(PatientGet input, CallContext call) {
        var id = FhirId.of(input.patient(), "patient", server.ehr());
        var source = server.read(org.hl7.fhir.r4.model.Patient.class, id, call);
        if (Modifiers.unknownIn(source)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The record carries a modifier that the hub does not know and that may change its meaning.",
                    "Look at this patient in the EHR itself.");
        }
        var patient = PatientRecords.patient(server.ehr(), server.base(), source);
        boolean replacedByNobodyKnown = Links.isReplaced(source) && patient.replacedBy() == null;
        return new ToolResult.Ok<>(
                Boolean.TRUE.equals(input.details()) ? patient : patient.brief(),
                server.provenance(source),
                replacedByNobodyKnown ? List.of(REPLACED) : List.of());
    }

    /** Finds patients; every criterion is sent where the server can honour it, and checked on each row. */
    public ToolResult<Page<PatientMatch>> search(PatientSearch input, CallContext call) {
        boolean phoneOnly = input.family() == null && input.identifier() == null;
        var filter = new PatientFilter(input, phoneOnly);
        var query = new Query<>(
                org.hl7.fhir.r4.model.Patient.class,
                url(input, phoneOnly),
                Query.named((patient, included) -> filter.of(patient)),
                (patient, included) -> PatientRecords.match(server.ehr(), server.base(), patient));
        var found = pages.read(query, input.rows(), call);
        return phoneOnly ? warned(found) : found;
    }

    /** A server compares a phone number letter by letter, so it is sent only when nothing else narrows. */
    private static SearchUrl url(PatientSearch input, boolean phoneOnly) {
        var url = SearchUrl.of("Patient");
        if (input.identifier() != null) {
            url.token("identifier", input.identifier());
        }
        if (input.family() != null) {
            url.text("family", input.family());
        }
        if (input.given() != null) {
            url.text("given", input.given());
        }
        if (input.birthDate() != null) {
            url.text("birthdate", input.birthDate());
        }
        if (input.gender() != null) {
            url.text("gender", input.gender());
        }
        if (phoneOnly && input.phone() != null) {
            url.anyOf("phone", spellings(input.phone()));
        }
        return url.written("_count", Integer.toString(input.rows()));
    }

    /** The ways a number is commonly written, the caller's first. */
    static List<String> spellings(String phone) {
        var digits = PatientFilter.digits(phone);
        var ways = new LinkedHashSet<String>();
        ways.add(phone.strip());
        ways.add(digits);
        ways.add("+" + digits);
        var national = digits.length() == NATIONAL_DIGITS + 1 && digits.startsWith("1") ? digits.substring(1) : digits;
        if (national.length() == NATIONAL_DIGITS) {
            var area = national.substring(0, 3);
            var exchange = national.substring(3, 6);
            var line = national.substring(6);
            for (var way : List.of("%s-%s-%s", "(%s) %s-%s", "%s.%s.%s", "%s %s %s", "+1-%s-%s-%s", "+1 %s %s %s")) {
                ways.add(way.formatted(area, exchange, line));
            }
            ways.add(national);
            ways.add("+1" + national);
            ways.add("+1 (%s) %s-%s".formatted(area, exchange, line));
            ways.add("1-%s-%s-%s".formatted(area, exchange, line));
        }
        return List.copyOf(ways);
    }

    private static ToolResult<Page<PatientMatch>> warned(ToolResult<Page<PatientMatch>> found) {
        if (!(found instanceof ToolResult.Ok<Page<PatientMatch>>(var page, var from, var none))) {
            return found;
        }
        var warnings = new ArrayList<>(page.warnings());
        warnings.add(AS_WRITTEN);
        return new ToolResult.Ok<>(new Page<>(page.items(), null, page.nextOrNull(), warnings, true), from, none);
    }
}
