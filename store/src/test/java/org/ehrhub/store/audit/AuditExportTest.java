package org.ehrhub.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.store.StoreSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditExportTest extends TrailFixture {
    private final AuditExport export = new AuditExport();
    private final JsonMapper json = new JsonMapper();

    @TempDir
    private Path folder;

    @Override
    StoreSettings settings() {
        return StoreSettings.in(folder);
    }

    @Test
    void writesARecordWithAllThatIsKnown() {
        var line = json.readTree(export.line(kept("lab.list", SampleEntries.PATIENT + " stmarys/Observation/o1")));
        assertThat(line.path("principal").asString()).isEqualTo("https://login.example|ann");
        assertThat(line.path("at").asString()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(line.path("records").asString()).isEqualTo("stmarys/Observation/o1");
        assertThat(line.path("durationMicros").asLong()).isEqualTo(12_000);
        assertThat(line.has("onBehalfOf")).isFalse();
        assertThat(line.toString()).doesNotContain(SampleEntries.PATIENT);
    }

    @Test
    void aReadOfAChartIsAPatientReadOfBalp() {
        var event = events(kept("patient.get", SampleEntries.PATIENT)).getFirst();
        assertThat(event.at("/meta/profile/0").asString()).endsWith("/IHE.BasicAudit.PatientRead");
        assertThat(event.path("action").asString()).isEqualTo("R");
        assertThat(event.path("outcome").asString()).isEqualTo("0");
        assertThat(codes(event.path("agent"), "/type/coding/0/code"))
                .containsExactly("110152", "110153", "IRCP", "110150");
        assertThat(codes(event.path("entity"), "/type/code")).containsExactly("XrequestId", "1", "2");
        assertThat(event.at("/entity/1/what/identifier/value").asString())
                .isEqualTo(place.keys().patient(SampleEntries.PATIENT));
        assertThat(event.at("/purposeOfEvent/0/coding/0/code").asString()).isEqualTo("TREAT");
    }

    @Test
    void aSearchIsAnEventForEachPatientThatItShowed() {
        var events = events(kept("patient.search", "stmarys/Patient/p1 stmarys/Patient/p2"));
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.at("/meta/profile/0").asString()).endsWith("/IHE.BasicAudit.PatientQuery");
            assertThat(codes(event.path("agent"), "/type/coding/0/code")).startsWith("110153", "110152");
            assertThat(codes(event.path("entity"), "/role/code")).contains("24");
        });
        assertThat(events).extracting(event -> event.path("id").asString()).doesNotHaveDuplicates();
    }

    @Test
    void whoActedAndInWhoseNameAreTwoAgents() {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.whole());
        }
        var record = records(AuditQuery.ALL).getLast();
        var agents = events(record).getFirst().path("agent");
        assertThat(codes(agents, "/type/coding/0/code"))
                .containsExactly("110153", "110152", "AUT", "110150", "DELEGATOR");
        assertThat(codes(agents, "/requestor")).containsExactly("false", "false", "true", "false", "false");
        assertThat(agents.at("/4/who/identifier/value").asString()).isEqualTo(record.onBehalfOf());
        assertThat(by(record.onBehalfOf())).hasSize(1);
        assertThat(by(record.principal())).hasSize(1);
        assertThat(by("somebody")).isEmpty();
    }

    private List<AuditRecord> by(@Nullable String principal) {
        return records(new AuditQuery(null, principal, null, null, null, null, null, null));
    }

    private AuditRecord kept(String tool, String reference) {
        try (var trail = new ChainedTrail(database, place, CLOCK)) {
            trail.keep(SampleEntries.entry("one", tool, reference, SampleEntries.TIME));
        }
        return records(AuditQuery.ALL).getLast();
    }

    private List<JsonNode> events(AuditRecord record) {
        return export.auditEvents(record).stream().map(json::readTree).toList();
    }

    private static List<String> codes(JsonNode list, String pointer) {
        var codes = new ArrayList<String>();
        list.forEach(one -> codes.add(one.at(pointer).asString()));
        return codes;
    }
}
