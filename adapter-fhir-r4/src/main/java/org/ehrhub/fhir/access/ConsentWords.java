package org.ehrhub.fhir.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ehrhub.adapters.ChartAccess;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/**
 * What one Consent (FHIR R4, 6.2) says of a chart being opened for a purpose now. What is not understood denies: who narrows a
 * permission in a way that the hub cannot check has not given it here, and who narrows a denial in such a way may mean it here.
 */
final class ConsentWords {
    private static final Set<String> SCOPES = Set.of("patient-privacy", "treatment");
    private static final Set<String> KNOWN = Set.of("type", "period", "purpose", "provision");

    private final @Nullable String purpose;
    private final Instant now;

    ConsentWords(@Nullable String purpose, Instant now) {
        this.purpose = purpose;
        this.now = now;
    }

    /** What it says; silent where it is not in force, or about something else. */
    ChartAccess.Consent of(Consent consent) {
        if (!isInForce(consent)) {
            return ChartAccess.Consent.SILENT;
        }
        var root = consent.getProvision();
        if (!isUnderstood(consent)
                || !root.hasType()
                || root.getProvision().stream().anyMatch(this::isTooDeep)) {
            return ChartAccess.Consent.DENIES;
        }
        if (!covers(root)) {
            return ChartAccess.Consent.SILENT;
        }
        return root.getType() == ConsentProvisionType.DENY ? denied(root) : permitted(root);
    }

    private boolean isInForce(Consent consent) {
        var other = Set.of(
                ConsentState.DRAFT,
                ConsentState.PROPOSED,
                ConsentState.REJECTED,
                ConsentState.INACTIVE,
                ConsentState.ENTEREDINERROR);
        return !other.contains(consent.getStatus()) && isAboutCharts(consent.getScope());
    }

    /** A scope that the hub does not know may be about charts. */
    private static boolean isAboutCharts(CodeableConcept scope) {
        var codes = scope.getCoding().stream().map(Coding::getCode).toList();
        return codes.isEmpty()
                || codes.stream().anyMatch(SCOPES::contains)
                || codes.stream().noneMatch(Set.of("research", "adr")::contains);
    }

    /** Whether all that bears on whether it holds is known to the hub. */
    private static boolean isUnderstood(Consent consent) {
        return consent.getStatus() == ConsentState.ACTIVE
                && consent.getScope().getCoding().stream().map(Coding::getCode).anyMatch(SCOPES::contains)
                && !consent.hasModifierExtension()
                && !consent.hasImplicitRules();
    }

    /** An exception to an exception is beyond the hub. */
    private boolean isTooDeep(ProvisionComponent exception) {
        return exception.hasProvision() || !exception.hasType();
    }

    private ChartAccess.Consent denied(ProvisionComponent root) {
        // A permission within a denial holds only where each word of it is understood.
        return root.getProvision().stream()
                                .filter(this::covers)
                                .anyMatch(one -> one.getType() == ConsentProvisionType.PERMIT && isPlain(one))
                        && root.getProvision().stream().noneMatch(this::mayDeny)
                ? ChartAccess.Consent.PERMITS
                : ChartAccess.Consent.DENIES;
    }

    private ChartAccess.Consent permitted(ProvisionComponent root) {
        return isPlain(root) && root.getProvision().stream().noneMatch(this::mayDeny)
                ? ChartAccess.Consent.PERMITS
                : ChartAccess.Consent.DENIES;
    }

    private boolean mayDeny(ProvisionComponent exception) {
        return exception.getType() == ConsentProvisionType.DENY && covers(exception);
    }

    /** Whether it speaks of now and of this purpose; without a stated purpose any may be meant. */
    private boolean covers(ProvisionComponent part) {
        return holds(part.getPeriod(), part.getType() == ConsentProvisionType.DENY)
                && (!part.hasPurpose()
                        || purpose == null
                        || part.getPurpose().stream().anyMatch(code -> purpose.equals(code.getCode())));
    }

    /** A denial that begins or ends on a day, in a month or a year holds for all of it, in any time zone; a permission does not. */
    private boolean holds(Period period, boolean denies) {
        return (!period.hasStart()
                        || !period.getStart()
                                .toInstant()
                                .minus(slack(period.getStartElement(), denies))
                                .isAfter(now))
                && (!period.hasEnd()
                        || !period.getEnd()
                                .toInstant()
                                .plus(slack(period.getEndElement(), denies))
                                .isBefore(now));
    }

    private static Duration slack(DateTimeType time, boolean denies) {
        if (!denies) {
            return Duration.ZERO;
        }
        return switch (time.getPrecision()) {
            case YEAR -> Duration.ofDays(367);
            case MONTH -> Duration.ofDays(32);
            case DAY -> Duration.ofHours(38);
            default -> Duration.ZERO;
        };
    }

    /** Whether nothing narrows a permission but its time and a purpose that was stated. */
    private boolean isPlain(ProvisionComponent part) {
        return (!part.hasPurpose() || purpose != null)
                && !part.hasExtension()
                && !part.hasModifierExtension()
                && part.children().stream()
                        .filter(child -> child.hasValues())
                        .allMatch(child -> KNOWN.contains(child.getName())
                                || child.getName().equals("id"));
    }
}
