package org.ehrhub.fhir.coverage;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/** What all questions to a payer share: the coverage, whose it is, and who is asked. */
final class CoverageDesk {
    private static final List<String> PEOPLE = List.of("Patient", "RelatedPerson");

    private final FhirServer server;

    CoverageDesk(FhirServer server) {
        this.server = server;
    }

    /**
     * The coverage to ask about.
     *
     * @throws EhrFailure when it was entered in error, or does not say whose it is and who pays
     */
    Coverage coverage(Reference named, CallContext call) {
        var coverage = server.read(Coverage.class, FhirId.of(named, "coverage", server.ehr()), call);
        if (coverage.getStatus() == CoverageStatus.ENTEREDINERROR) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "The EHR says that this coverage was entered in error.",
                    "List the patient's coverage again.");
        }
        if (Modifiers.unknownIn(coverage)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The record carries a modifier that the hub does not know and that may change its meaning.",
                    "Look at this coverage in the EHR itself.");
        }
        patient(coverage);
        payer(coverage);
        return coverage;
    }

    /** Whose a coverage is. */
    Reference patient(Coverage coverage) {
        var patient = server.reference(coverage.getBeneficiary());
        if (patient == null || !patient.type().equals("Patient")) {
            throw incomplete("The coverage does not say which patient it covers.");
        }
        return patient;
    }

    /** Who is asked. */
    org.hl7.fhir.r4.model.Reference payer(Coverage coverage) {
        var payer = coverage.getPayorFirstRep();
        var ref = server.reference(payer);
        if (!coverage.hasPayor() || (ref != null && PEOPLE.contains(ref.type()))) {
            throw incomplete("The coverage names no insurer that could be asked.");
        }
        return payer.copy();
    }

    /**
     * A record's patient must be the one who is covered.
     *
     * @throws EhrFailure {@code INVALID_INPUT} naming the argument, when it is somebody else
     */
    void mustBeOf(org.hl7.fhir.r4.model.Reference subject, Coverage coverage, String argument) {
        if (!patient(coverage).equals(server.reference(subject))) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`" + argument + "` and `coverage` belong to different patients.",
                    "List the coverage of the patient whom it is about.");
        }
    }

    /**
     * An answer that names a patient must name the one who was asked about.
     *
     * @param named how the answer names the patient, in words this server or only the payer knows
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it is about somebody else
     */
    void mustBeAbout(org.hl7.fhir.r4.model.Reference named, Reference patient) {
        var other = server.reference(named);
        if (other != null && other.type().equals("Patient") && !other.equals(patient)) {
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The EHR answered about another patient; that answer is withheld.",
                    "Tell the hub's operator, and ask the payer by other means.");
        }
    }

    /**
     * An answer must not carry what may turn its meaning round.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it holds a modifier that the hub does not know
     */
    void mustBeClear(DomainResource answer) {
        if (Modifiers.unknownInAnyPartOf(answer)) {
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The payer's answer carries a modifier that the hub does not know and that may change its meaning.",
                    "Look at the answer in the EHR itself.");
        }
    }

    /**
     * A code that a payer is to understand.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it names no code system
     */
    static CodeableConcept code(String written, String argument) {
        var token = CodeToken.parse(written, argument);
        if (token.system() == null) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`" + argument + "` does not say of which code system it is.",
                    "Write system|code, such as cpt|70551.");
        }
        return concept(token.system(), token.code());
    }

    static CodeableConcept concept(@Nullable String system, String code) {
        var concept = new CodeableConcept();
        concept.addCoding().setSystem(system).setCode(code);
        return concept;
    }

    /** Now, as FHIR writes it. */
    DateTimeType now() {
        return new DateTimeType(
                server.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static EhrFailure incomplete(String why) {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED, why, "Complete it in the EHR, with coverage.record or there, and ask again.");
    }
}
