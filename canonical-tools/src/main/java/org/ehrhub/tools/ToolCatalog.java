package org.ehrhub.tools;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.approvals.ApprovalTools;
import org.ehrhub.tools.bots.BotTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.ehrs.EhrTools;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.ehrhub.tools.intake.IntakeTools;
import org.ehrhub.tools.messages.MessageTools;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;
import org.ehrhub.tools.search.SearchTools;
import org.ehrhub.tools.tasks.TaskTools;
import org.ehrhub.tools.terminology.TerminologyTools;

/** Every tool the hub knows, by name, in the order in which they are listed. */
public final class ToolCatalog {
    private static final ToolCatalog CANONICAL = new ToolCatalog(List.of(
            EhrTools.LIST,
            SearchTools.SEARCH,
            SearchTools.FETCH,
            PatientTools.SEARCH,
            PatientTools.GET,
            ChartTools.SUMMARY,
            PatientTools.CREATE,
            PatientTools.UPDATE,
            AppointmentTools.SLOT_SEARCH,
            AppointmentTools.LIST,
            AppointmentTools.GET,
            AppointmentTools.CREATE,
            AppointmentTools.RESCHEDULE,
            AppointmentTools.CANCEL,
            ChartTools.CONDITIONS,
            ChartTools.ALLERGIES,
            ChartTools.MEDICATIONS,
            ChartTools.LABS,
            ChartTools.VITALS,
            ChartTools.IMMUNIZATIONS,
            ChartTools.PROCEDURES,
            ChartTools.ENCOUNTERS,
            ChartTools.CARE_PLANS,
            ChartTools.REPORTS,
            ChartTools.RECORD_VITAL,
            DocumentTools.SEARCH,
            DocumentTools.GET,
            DocumentTools.DRAFT_NOTE,
            OrderTools.DRAFT,
            OrderTools.DRAFT_REFERRAL,
            OrderTools.SUBMIT_REFERRAL,
            TaskTools.LIST,
            TaskTools.CREATE,
            TaskTools.UPDATE,
            CoverageTools.LIST,
            CoverageTools.RECORD,
            CoverageTools.ELIGIBILITY,
            CoverageTools.PRIOR_AUTH_CHECK,
            CoverageTools.PRIOR_AUTH_SUBMIT,
            CoverageTools.PRIOR_AUTH_STATUS,
            CoverageTools.CLAIM,
            MessageTools.SEND,
            QuestionnaireTools.SUBMIT,
            IntakeTools.SYNC,
            TerminologyTools.LOOKUP,
            TerminologyTools.EXPAND,
            TerminologyTools.VALIDATE,
            TerminologyTools.TRANSLATE,
            FhirTools.QUERY,
            FhirTools.WRITE,
            FhirTools.TRANSACTION,
            FhirTools.OPERATION,
            BotTools.EXECUTE,
            BotTools.DEPLOY,
            Hl7Tools.SEND,
            Hl7Tools.STATUS,
            ApprovalTools.STATUS));

    private final Map<String, CanonicalTool<?, ?>> byName = new LinkedHashMap<>();

    /** A catalogue of these tools. */
    public ToolCatalog(Collection<? extends CanonicalTool<?, ?>> tools) {
        for (var tool : tools) {
            if (byName.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("Two tools are called " + tool.name());
            }
        }
    }

    /** The catalogue of this version of the hub. */
    public static ToolCatalog canonical() {
        return CANONICAL;
    }

    /** The tools in their order. */
    public Collection<CanonicalTool<?, ?>> tools() {
        return List.copyOf(byName.values());
    }

    /** The tool of a canonical ({@code patient.get}) or a wire ({@code patient_get}) name. */
    public Optional<CanonicalTool<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name.replace('_', '.')));
    }
}
