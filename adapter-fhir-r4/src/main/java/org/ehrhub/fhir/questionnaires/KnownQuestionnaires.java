package org.ehrhub.fhir.questionnaires;

import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Questionnaire;
import org.jspecify.annotations.Nullable;

/** The questionnaires that an EHR knows, by their canonical URL, which may end in {@code |version} (FHIR R4, 2.24.0.2). */
final class KnownQuestionnaires {
    private final ResultPages pages;

    KnownQuestionnaires(FhirServer server) {
        this.pages = new ResultPages(server);
    }

    /**
     * The one in use.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when there is none, or more than one
     */
    Questionnaire find(String canonical, CallContext call) {
        int bar = canonical.lastIndexOf('|');
        var url = bar < 0 ? canonical : canonical.substring(0, bar);
        var version = bar < 0 ? null : canonical.substring(bar + 1);
        var search = SearchUrl.of("Questionnaire").text("url", url);
        var found = pages.all(Questionnaire.class, search, call).stream()
                .filter(one -> url.equals(one.getUrl()) && isOf(one, version))
                .toList();
        if (found.isEmpty()) {
            throw Refusal.invalid(
                    "questionnaire", "is none that this EHR knows.", "Ask the user for its canonical URL.");
        }
        return only(found.stream()
                .filter(one -> one.getStatus() == PublicationStatus.ACTIVE)
                .toList());
    }

    private static Questionnaire only(List<Questionnaire> active) {
        if (active.isEmpty()) {
            throw Refusal.invalid(
                    "questionnaire", "is not in use in this EHR.", "Ask the user for one that is in use.");
        }
        if (active.size() > 1) {
            throw Refusal.invalid(
                    "questionnaire",
                    "is in use in more than one version.",
                    "Write the version after its URL, with a bar between them.");
        }
        return active.getFirst();
    }

    private static boolean isOf(Questionnaire one, @Nullable String version) {
        return version == null || version.equals(one.getVersion());
    }
}
