package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Set;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 12: an empty search has neither entries nor a total, and links are absolute on the server's own address. */
@Tag("medplum")
class ListsIT {
    private static final URI OWN = URI.create("https://medplum.example/inside/");

    @Test
    void aSearchWithoutAHitIsAnEmptyList() {
        try (var medplum = MedplumUnderTest.open();
                var ehr = TestSettings.of(medplum).ehr()) {
            var page = ehr.list(
                    PatientTools.SEARCH,
                    new PatientSearch(null, "Nobodyatall", null, null, null, null, null, null, null));

            assertThat(page.items()).isEmpty();
            assertThat(page.totalOrNull()).isZero();
            assertThat(page.truncated()).isFalse();
            assertThat(page.warnings()).isEmpty();
        }
    }

    @Test
    void pagesHoldEveryRowOnce() {
        try (var medplum = MedplumUnderTest.open();
                var ehr = TestSettings.of(medplum).ehr()) {
            var family = "Page" + System.nanoTime();
            for (int each = 0; each < 25; each++) {
                medplum.clinic().patient(family, "P" + each);
            }
            var query = new FhirQuery(MedplumEhr.NAME, "Patient?family=" + family, null, 10);
            var rows = new ArrayList<Reference>();
            @Nullable String cursor = null;
            do {
                ToolResult<Page<FhirResource>> answer = ehr.call(
                        FhirTools.QUERY,
                        query,
                        MedplumEhr.context(new Caller("test", Set.of()), "key0123456789")
                                .at(cursor));
                var page = ((ToolResult.Ok<Page<FhirResource>>) answer).value();
                page.items().forEach(row -> rows.add(row.ref()));
                cursor = page.nextOrNull();
            } while (cursor != null);

            assertThat(rows).hasSize(25).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pagesAreFollowedWhereTheHubReachesTheServer(boolean configured) {
        try (var stub = MedplumStub.publishedAs(OWN);
                var ehr = TestSettings.of(stub.base(), stub.client())
                        .publicUrl(configured ? OWN : null)
                        .ehr()) {
            for (int each = 0; each < 25; each++) {
                stub.clinic().patient("Many", "P" + each);
            }
            var query = new FhirQuery(MedplumEhr.NAME, "Patient?family=Many", null, 20);

            var first = ehr.list(FhirTools.QUERY, query);
            ToolResult<Page<FhirResource>> rest = ehr.call(
                    FhirTools.QUERY,
                    query,
                    MedplumEhr.context(new Caller("test", Set.of()), "key0123456789")
                            .at(first.nextOrNull()));

            assertThat(first.items()).hasSize(20);
            assertThat(first.truncated()).isFalse();
            assertThat(first.nextOrNull()).isNotNull().doesNotContain("medplum.example");
            assertThat(((ToolResult.Ok<Page<FhirResource>>) rest).value().items())
                    .hasSize(5);
        }
    }
}
