package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.OffsetDateTime;
import java.util.Set;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that no tool takes: refused by name, never repeated, and nothing reaches an EHR. */
class ToolCallRouteInputTest {
    private static final String CREATE = "{'patient':'alpha/Patient/a1','slotRef':'%s'}";

    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withPatient("a2", "Hill", "Eve", "1950-01-01")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 4);
    private final FakeEhr beta = FakeEhr.named("beta")
            .withPatient("b1", "Hill", "Bob", "1949-01-01")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 4);
    private TestHub hub;
    private CapturedLog log;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.of(alpha.entry(), beta.entry()).start();
        log = new CapturedLog();
    }

    @AfterEach
    void stop() {
        log.close();
        hub.close();
    }

    // Each hostile value carries the word Mallory, which no answer and no line of the log may repeat.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            patient.get        | {'patient':'alpha/Patient/a1','fhirBaseUrl':'https://mallory.example'} | not an argument
            patient.get        | {'patient':'alpha/Patient/a1','x Mallory; drop':1} | not an argument
            patient.get        | {}                                            | patient
            patient.get        | {'patient':null}                              | patient
            patient.get        | {'patient':123}                               | patient
            patient.get        | {'patient':['alpha/Patient/Mallory']}         | patient
            patient.get        | {'patient':{'id':'Mallory'}}                  | patient
            patient.get        | {'patient':''}                                | patient
            patient.get        | {'patient':'Mallory'}                         | patient
            patient.get        | {'patient':'alpha/Patient/'}                  | patient
            patient.get        | {'patient':'alpha/Patient/..'}                | patient
            patient.get        | {'patient':'alpha/Patient/.'}                 | patient
            patient.get        | {'patient':'alpha/Patient/Mallory/x'}         | patient
            patient.get        | {'patient':'alpha/Patient/../Mallory'}        | patient
            patient.get        | {'patient':'alpha/Patient/Mallory?x=1'}       | patient
            patient.get        | {'patient':'alpha/Patient/Mallory%2Fx'}       | patient
            patient.get        | {'patient':'alpha/Patient/Mallory\\n'}        | patient
            patient.get        | {'patient':'alpha/Patient/\\u202eMallory'}    | patient
            patient.get        | {'patient':'https://mallory.example/x'}       | patient
            patient.get        | {'patient':'alpha/Appointment/Mallory'}       | patient
            patient.get        | {'patient':'mallory/Patient/p1'}              | reference
            patient.search     | {'ehr':'mallory','family':'Hill'}             | ehr
            patient.search     | {'ehr':'Mallory!','family':'Hill'}            | ehr
            patient.search     | {'ehr':'','family':'Hill'}                    | ehr
            patient.search     | {'given':'Mallory'}                           | family
            patient.search     | {'family':'  '}                               | family
            patient.search     | {'family':'Mallory\\rMSH'}                    | family
            patient.search     | {'family':7}                                  | family
            patient.search     | {'family':'Hill','birthDate':'Mallory'}       | birthDate
            patient.search     | {'family':'Hill','birthDate':'1948-13-45'}    | birthDate
            patient.search     | {'family':'Hill','birthDate':'1948-02-30'}    | birthDate
            patient.search     | {'family':'Hill','gender':'Mallory'}          | gender
            patient.search     | {'phone':'Mallory 12'}                        | phone
            patient.search     | {'family':'Hill','limit':0}                   | limit
            patient.search     | {'family':'Hill','limit':101}                 | limit
            patient.search     | {'family':'Hill','limit':1e400}               | limit
            patient.search     | {'family':'Hill','limit':2.5}                 | limit
            patient.search     | {'family':'Hill','limit':'Mallory'}           | limit
            patient.search     | {'family':'Hill','cursor':'Mallory'}          | cursor
            patient.search     | {'family':'Hill','cursor':''}                 | cursor
            patient.search     | {'family':'Hill','cursor':'https://mallory.example/x?page=2'} | cursor
            patient.search     | {'family':'Hill','cursor':[]}                 | cursor
            slot.search        | {'from':'2026-03-02T09:00:00','to':'2026-03-03T09:00:00Z','ehr':'alpha'} | from
            slot.search        | {'from':'2026-03-02','to':'2026-03-03T09:00:00Z','ehr':'alpha'} | from
            slot.search        | {'from':'2026-13-45T09:00:00Z','to':'2026-03-03T09:00:00Z','ehr':'alpha'} | from
            slot.search        | {'from':'Mallory','to':'2026-03-03T09:00:00Z','ehr':'alpha'} | from
            slot.search        | {'from':'2026-03-02T09:00:60Z','to':'2026-03-03T09:00:00Z','ehr':'alpha'} | from
            slot.search        | {'from':'2026-03-02T09:00:00Z','to':'2026-03-02T09:00:00Z','ehr':'alpha'} | to
            slot.search        | {'from':'2026-03-02T09:00:00Z','to':'2026-05-02T09:00:00Z','ehr':'alpha'} | to
            slot.search        | {'from':'2026-03-02T09:00:00Z','to':'2026-03-03T09:00:00Z','ehr':'alpha','practitioner':'beta/Practitioner/mallory'} | practitioner
            slot.search        | {'from':'2026-03-02T09:00:00Z','to':'2026-03-03T09:00:00Z','practitioner':'alpha/Patient/mallory'} | practitioner
            appointment.list   | {'patient':'alpha/Patient/a1','status':'Mallory'} | status
            appointment.create | {'patient':'alpha/Patient/a1','slotRef':'Mallory'} | slotRef
            appointment.create | {'patient':'alpha/Patient/a1','slotRef':'alpha/slot/TWFsbG9yeQ'} | slotRef
            appointment.create | {'patient':'alpha/Patient/a1','slotRef':'alpha/slot/'} | slotRef
            appointment.create | {'patient':'alpha/Patient/a1'}                | slotRef
            appointment.cancel | {'appointment':'alpha/Patient/mallory'}       | appointment
            appointment.cancel | {'appointment':'alpha/Appointment/a','idempotencyKey':''} | idempotencyKey
            appointment.cancel | {'appointment':'alpha/Appointment/a','reason':'Mallory\\u0000'} | reason
            patient.get        | ['Mallory']                                   | arguments
            patient.get        | 'Mallory'                                     | arguments
            patient.get        | null                                          | arguments
            """)
    void refusesTheArgumentByNameAndSendsNothing(String tool, String arguments, String named) {
        var answer = hub.call(tool, arguments);

        assertThat(code(answer)).as(answer.text()).isEqualTo("INVALID_INPUT");
        assertThat(answer.json().get("error").get("message").stringValue()).contains(named);
        assertThat(answer.text()).doesNotContainIgnoringCase("mallory");
        assertThat(log.text()).doesNotContainIgnoringCase("mallory");
        assertThat(alpha.calls()).isEmpty();
        assertThat(beta.calls()).isEmpty();
    }

    @Test
    void refusesAToolThatIsNotThereWithoutRepeatingItsName() {
        var answer = hub.call("mallory_tool", "{}");

        assertThat(code(answer)).isEqualTo("INVALID_INPUT");
        assertThat(answer.text()).doesNotContain("mallory").contains("tools/list");
    }

    @Test
    void refusesASlotOfAnotherEhr() {
        var slot = hub.slots("beta").getFirst();

        assertRefused("slotRef", "appointment.create", CREATE.formatted(slot));
    }

    @Test
    void refusesASlotMovedToAnotherEhr() {
        var slot = hub.slots("beta").getFirst().replaceFirst("beta/", "alpha/");

        assertRefused("slotRef", "appointment.create", CREATE.formatted(slot));
    }

    @Test
    void refusesASlotWithOneCharacterChanged() {
        var slot = hub.slots("alpha").getFirst();
        var at = slot.length() / 2 + 6;
        var forged = slot.substring(0, at) + (slot.charAt(at) == 'A' ? 'B' : 'A') + slot.substring(at + 1);

        assertRefused("slotRef", "appointment.create", CREATE.formatted(forged));
    }

    @Test
    void refusesACursorOfAnotherCaller() {
        var cursor = cursor();
        var before = alpha.calls().size();

        var answer = hub.call(
                new Caller("eve", Set.of("nurse")),
                "patient.search",
                "{'ehr':'alpha','family':'Hill','limit':1,'cursor':'%s'}".formatted(cursor));

        assertThat(code(answer)).isEqualTo("INVALID_INPUT");
        assertThat(alpha.calls()).hasSize(before);
    }

    @Test
    void refusesACursorWithOtherArguments() {
        var cursor = cursor();

        assertRefused(
                "cursor", "patient.search", "{'ehr':'alpha','family':'Hi','limit':1,'cursor':'%s'}".formatted(cursor));
    }

    @Test
    void takesTheCursorThatItGave() {
        var answer = hub.call(
                "patient.search", "{'ehr':'alpha','family':'Hill','limit':1,'cursor':'%s'}".formatted(cursor()));

        assertThat(answer.json().get("items").findValuesAsString("patient")).containsExactly("alpha/Patient/a2");
    }

    private String cursor() {
        return hub.call("patient.search", "{'ehr':'alpha','family':'Hill','limit':1}")
                .json()
                .get("cursor")
                .stringValue();
    }

    private void assertRefused(String argument, String tool, String arguments) {
        var before = alpha.calls().size() + beta.calls().size();
        var answer = hub.call(tool, arguments);
        assertThat(code(answer)).as(answer.text()).isEqualTo("INVALID_INPUT");
        assertThat(answer.text()).contains("`" + argument + "`");
        assertThat(alpha.calls().size() + beta.calls().size()).isEqualTo(before);
    }
}
