package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says that it can do, and what it then does. */
class CapabilitiesIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));
    private static final PatientSearch SEARCH =
            new PatientSearch(null, "Hill", null, null, null, null, null, null, null);
    private static final String NOBODY = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}";
    private static final String STATEMENT = """
            {"resourceType":"CapabilityStatement","status":"active","date":"2026-01-01","kind":"instance",
             "fhirVersion":"4.0.1","format":["json"],"rest":[{"mode":"server","resource":[
              {"type":"Patient","interaction":[{"code":"read"},{"code":"search-type"}],
               "searchParam":[{"name":"family","type":"string"},{"name":"identifier","type":"token"}]},
              {"type":"Appointment","interaction":[{"code":"read"}]}],
             "interaction":[{"code":"batch"}]}]}""";

    private final ScriptedServer server = new ScriptedServer();
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Answer> statement = new AtomicReference<>(new Answer(200, STATEMENT));
    private @Nullable ScriptedEhr ehr;

    @AfterEach
    void close() {
        if (ehr != null) {
            ehr.close();
        }
        server.close();
    }

    @Test
    void withholdsToolsThatTheServerDoesNotName() {
        open(null);
        assertThat(names()).contains("patient.search", "appointment.list", "appointment.create");

        probe();

        assertThat(names()).contains("patient.get", "patient.search", "appointment.get");
        assertThat(names()).doesNotContain("appointment.list", "appointment.cancel", "slot.search", "task.create");
        assertThat(withheld("appointment.list"))
                .isEqualTo("The EHR does not name searching Appointment among what it supports.");
        assertThat(withheld("appointment.cancel"))
                .isEqualTo("The EHR does not name updating Appointment among what it supports.");
    }

    @Test
    void narrowsFeaturesWhereTheServerLacksASearchParameter() {
        open(null);
        assertThat(features()).containsExactlyInAnyOrder(Feature.SEARCH_BY_PHONE, Feature.SEARCH_BY_IDENTIFIER);

        probe();

        assertThat(features()).containsExactly(Feature.SEARCH_BY_IDENTIFIER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "404:",
                "500:",
                "401:",
                "200:<html></html>",
                "200:{\"resourceType\":\"Bundle\"}",
                "200:{\"resourceType\":\"CapabilityStatement\"}",
                "200:{\"resourceType\":\"CapabilityStatement\",\"rest\":[{\"mode\":\"client\"}]}",
                "0:"
            })
    void offersEverythingWhereTheServerDoesNotSay(String answer) {
        var parts = answer.split(":", 2);
        statement.set(new Answer(Integer.parseInt(parts[0]), parts[1]));
        open(null);
        var before = names();

        probe();

        assertThat(names()).isEqualTo(before);
        assertThat(ehr.adapter().handlers().withheld()).isEmpty();
    }

    @Test
    void waitsForNoStatementLongerThanAProbeMayTake() {
        var never = new CountDownLatch(1);
        statement.set(new Answer(200, STATEMENT));
        open(null);
        server.answers(request -> {
            if (request.target().equals("/fhir/metadata")) {
                await(never);
            }
            return new Answer(200, NOBODY);
        });
        var started = Instant.now();

        assertThat(ehr.adapter().probe(Duration.ofSeconds(1))).isEqualTo(new Health.Up());

        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(names()).contains("appointment.list");
        ehr.adapter().close();
        never.countDown();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void withholdsForAWhileWhatTheServerSaysAndDoesNotDo(int status) {
        open(null);
        probe();
        server.answers(request -> new Answer(status, ""));

        assertThat(ScriptedEhr.code(ehr.list(PatientTools.SEARCH, SEARCH))).isEqualTo(ErrorCode.UNSUPPORTED);

        assertThat(names()).contains("patient.get").doesNotContain("patient.search");
        assertThat(withheld("patient.search"))
                .isEqualTo("The EHR says that it supports this, but answered that it does not.");
        later.set(Duration.ofMinutes(14));
        assertThat(names()).doesNotContain("patient.search");
        later.set(Duration.ofMinutes(16));
        assertThat(names()).contains("patient.search");
    }

    @Test
    void offersAgainAtOnceWhatTheServerDoesAfterAll() {
        open(null);
        server.answers(request -> new Answer(404, ""));
        ehr.list(PatientTools.SEARCH, SEARCH);
        assertThat(withheld("patient.search")).isEqualTo("The EHR answered that it does not support this.");

        serve();
        probe();

        assertThat(names()).contains("patient.search");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 400, 403, 429, 500})
    void losesNoToolOverARecordThatIsNotThere(int status) {
        open(null);
        probe();
        var before = names();
        server.answers(request -> new Answer(status, ""));

        ehr.call(PatientTools.GET, PATIENT);

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void withholdsWhatTheLoginDidNotGrant() {
        try (var tokens = new ScriptedServer()) {
            tokens.answers(
                    request -> new Answer(
                            200,
                            "{\"access_token\":\"t\",\"expires_in\":300,\"scope\":\"system/Patient.r system/Appointment.rs\"}"));
            statement.set(new Answer(404, ""));
            open(Auth.client(tokens.url("/token"), "hub", Secret.from(() -> "s3cret"), "system/*.cruds"));

            probe();

            assertThat(names()).contains("patient.get", "appointment.list");
            assertThat(withheld("patient.search"))
                    .isEqualTo("The EHR's login server did not let the hub search Patient.");
            assertThat(withheld("appointment.cancel"))
                    .isEqualTo("The EHR's login server did not let the hub update Appointment.");
        }
    }

    @Test
    void asksForScopesThatTheRegisteredToolsNeed() {
        open(Auth.signed(
                server.url("/token"), "hub", Secret.from(() -> TestKeys.rsa("k").toJSONString()), null));

        probe();

        var form = server.requests().stream()
                .filter(request -> request.target().equals("/token"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(form)
                .contains(
                        "system%2FPatient.", "system%2FSlot.rus", "system%2FAppointment.crus", "system%2FEncounter.rs")
                .contains("system%2FMedication.r+", "system%2FBinary.r+", "system%2FSchedule.rs");
        assertThat(form).doesNotContain("*");
    }

    @Test
    void readsWhatTheServerSaysAgainAfterAnHour() throws InterruptedException {
        open(null);
        probe();
        probe();
        assertThat(statements()).isEqualTo(1);
        statement.set(new Answer(
                200, STATEMENT.replace("{\"code\":\"read\"}]}]", "{\"code\":\"read\"},{\"code\":\"search-type\"}]}]")));

        later.set(Duration.ofMinutes(61));
        probe();

        assertThat(statements()).isEqualTo(2);
        assertThat(names()).contains("appointment.list");
    }

    @Test
    void keepsWhatItKnowsWhenTheStatementCannotBeReadAgain() {
        open(null);
        probe();
        statement.set(new Answer(503, ""));
        later.set(Duration.ofMinutes(61));

        probe();

        assertThat(statements()).isEqualTo(2);
        assertThat(names()).doesNotContain("appointment.list");
    }

    @Test
    void offersEverythingWhereTheSettingsSaySo() {
        var none = List.<String>of();
        var ignore = FhirR4Config.Statement.IGNORE;
        ehr = new ScriptedEhr(
                server,
                base -> new FhirR4Config(base, null, null, null, null, null, null, ignore, none, null, none, null));
        serve();

        probe();

        assertThat(names()).contains("appointment.list", "slot.search");
        assertThat(statements()).isZero();
    }

    private void open(@Nullable Auth auth) {
        ehr = new ScriptedEhr(
                server,
                base -> new FhirR4Config(base, auth, null, null, null),
                () -> Instant.now().plus(later.get()));
        serve();
    }

    private void serve() {
        server.answers(request -> switch (request.target()) {
            case "/fhir/metadata" -> statement.get();
            case "/token" -> new Answer(200, "{\"access_token\":\"t\",\"expires_in\":300}");
            default -> new Answer(200, NOBODY);
        });
    }

    private void probe() {
        assertThat(ehr.adapter().probe(SOON)).isEqualTo(new Health.Up());
    }

    private Set<String> names() {
        return ehr.adapter().handlers().names();
    }

    private @Nullable String withheld(String tool) {
        return ehr.adapter().handlers().withheld().get(tool);
    }

    private Set<Feature> features() {
        return ehr.adapter().handlers().find("patient.search").orElseThrow().features();
    }

    private long statements() {
        return server.requests().stream()
                .map(Request::target)
                .filter("/fhir/metadata"::equals)
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
