package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is found before somebody is registered, on a server that finds everybody whatever it is asked for. */
class PatientRegistrationIT {
    private static final String MRN = "https://alpha.example/mrn|M1";
    private static final String NAMESAKE = """
            {"resourceType":"Patient","id":"p9","name":[{"family":"ZEBROWSKI","given":["Other"]}],"birthDate":"1984-05-17"}""";
    private static final String NUMBERED = """
            {"resourceType":"Patient","id":"p9","identifier":[{"system":"https://alpha.example/mrn","value":"M1"}]}""";

    private static final String REPLACED =
            "{\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"Patient/p8\"}}],";

    private static final String INACTIVE = "{\"active\":false,";

    private final ScriptedEhr ehr = new ScriptedEhr(null);
    private final AtomicReference<String> made = new AtomicReference<>("");

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NAMESAKE,
                NUMBERED,
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"name\":[{\"use\":\"old\",\"family\":\"Żebrowski\"}],\"birthDate\":\"1984-05\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"name\":[{\"family\":\"Nowak\"}],\"birthDate\":\"1984-05-17\",\"telecom\":[{\"system\":\"phone\",\"value\":\"(+1) 555-010-0142\"}]}",
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"name\":[{\"family\":\"Zebrowski\",\"given\":[\"Nadia\"]}],\"telecom\":[{\"system\":\"phone\",\"value\":\"15550100142\"}]}"
            })
    void registersNobodyWhereSomebodyLooksTheSame(String somebody) {
        ehr.server().answers(request -> found(somebody));

        ToolResult<Patient> result = ehr.call(PatientTools.CREATE, person(null));

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.AMBIGUOUS_MATCH);
        assertThat(result.toString())
                .contains("1 patient of the EHR", "patient.search")
                .doesNotContainIgnoringCase("zebrowski");
        wrote(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"name\":[{\"family\":\"Zebrowski\"}],\"birthDate\":\"1984-05-18\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"name\":[{\"family\":\"Zebrowska\"}],\"birthDate\":\"1984-05-17\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"name\":[{\"family\":\"Nowak\"}],\"birthDate\":\"2010-01-01\",\"telecom\":[{\"system\":\"phone\",\"value\":\"+1 555 010 0142\"}]}",
                "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"identifier\":[{\"system\":\"https://beta.example/mrn\",\"value\":\"M1\"}]}"
            })
    void registersSomebodyWhoOnlyResemblesAnother(String somebody) {
        ehr.server().answers(request -> registering(request, somebody));

        assertThat(ehr.call(PatientTools.CREATE, person(null))).isInstanceOf(ToolResult.Ok.class);
        wrote(1);
    }

    @Test
    void registersSomebodyWhoIsNotTheOneWhoLooksTheSame() {
        ehr.server().answers(request -> registering(request, NAMESAKE));

        assertThat(ehr.call(PatientTools.CREATE, person("alpha/Patient/p9"))).isInstanceOf(ToolResult.Ok.class);
        wrote(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {REPLACED, INACTIVE})
    void passesOverARecordThatIsOutOfUseAndSaysSo(String how) {
        ehr.server().answers(request -> registering(request, NAMESAKE.replaceFirst("\\{", how)));

        ToolResult<Patient> result = ehr.call(PatientTools.CREATE, person(null));

        assertThat(Handlers.ok(result).warnings())
                .containsExactly(
                        "A record that looks the same was passed over: it is out of use, or another one has taken its place.");
    }

    @ParameterizedTest
    @ValueSource(strings = {REPLACED, INACTIVE})
    void givesNobodyTheNumberOfARecordThatIsOutOfUse(String how) {
        ehr.server().answers(request -> registering(request, NUMBERED.replaceFirst("\\{", how)));

        ToolResult<Patient> result = ehr.call(PatientTools.CREATE, person(null));

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(result.toString()).contains("out of use");
        wrote(0);
    }

    @Test
    void givesNobodyTheNumberOfAnother() {
        ehr.server().answers(request -> registering(request, NUMBERED));

        ToolResult<Patient> result = ehr.call(PatientTools.CREATE, person("alpha/Patient/p9"));

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(result.toString()).contains("`mrn`");
        wrote(0);
    }

    @Test
    void takesTheServersOwnRefusalForADuplicate() {
        ehr.server().answers(request -> request.method().equals("POST") ? new Answer(409, "") : found());

        assertThat(ScriptedEhr.code(ehr.call(PatientTools.CREATE, person(null))))
                .isEqualTo(ErrorCode.AMBIGUOUS_MATCH);
    }

    @Test
    void registersNobodyWhereItCannotLook() {
        ehr.server().answers(request -> new Answer(400, ""));

        assertThat(ScriptedEhr.code(ehr.call(PatientTools.CREATE, person(null))))
                .isEqualTo(ErrorCode.UNSUPPORTED);
        wrote(0);
    }

    @Test
    void registersNobodyBesideSomebodyWhomNoReferenceCanName() {
        ehr.server().answers(request -> registering(request, NAMESAKE.replace("\"id\":\"p9\",", "")));

        assertThat(ScriptedEhr.code(ehr.call(PatientTools.CREATE, person(null))))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        wrote(0);
    }

    @Test
    void storesWhatWasGiven() {
        ehr.server().answers(request -> registering(request, NAMESAKE));

        ToolResult<Patient> result = ehr.call(PatientTools.CREATE, person("alpha/Patient/p9"));

        var shown = Handlers.ok(result).value();
        assertThat(shown.name()).isEqualTo("Nadia Maria Zebrowski");
        assertThat(shown.birthDate()).isEqualTo("1984-05-17");
        assertThat(shown.mrn()).isEqualTo(MRN);
        assertThat(shown.phone()).isEqualTo("+1 555 010 0142");
        assertThat(shown.email()).isEqualTo("nadia@example.org");
        assertThat(shown.language()).isEqualTo("pl");
        assertThat(made.get()).contains("\"active\":true", "\"code\":\"MR\"");
    }

    private Answer registering(Request request, String somebody) {
        if (request.method().equals("POST")) {
            made.set(request.body().replaceFirst("\\{", "{\"id\":\"n1\","));
            return new Answer(201, "", ehr.server().url("/fhir/Patient/n1").toString());
        }
        return request.target().endsWith("/Patient/n1") ? new Answer(200, made.get()) : found(somebody);
    }

    private static Answer found(String... people) {
        var entries =
                List.of(people).stream().map("{\"resource\":%s}"::formatted).toList();
        return new Answer(200, """
                {"resourceType":"Bundle","type":"searchset","entry":[%s]}""".formatted(String.join(",", entries)));
    }

    private void wrote(int times) {
        assertThat(ehr.server().requests())
                .filteredOn(one -> !one.method().equals("GET"))
                .hasSize(times);
    }

    private static PatientCreate person(@Nullable String other) {
        var plain = NewRecords.person("alpha");
        return new PatientCreate(
                plain.ehr(),
                plain.family(),
                plain.given(),
                plain.birthDate(),
                plain.gender(),
                MRN,
                plain.phone(),
                plain.email(),
                null,
                plain.language(),
                other == null ? null : List.of(Reference.parse(other)),
                null,
                null);
    }
}
