package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.tasks.Task;
import org.ehrhub.tools.tasks.TaskList;
import org.ehrhub.tools.tasks.TaskTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tasks a list holds, on a server that gives every task whatever it is asked for. */
class TaskListingIT {
    private static final String TASKS = """
            {"resourceType":"Bundle","type":"searchset","entry":[
             {"resource":{"resourceType":"Task","id":"open","status":"requested","description":"Call back",
               "for":{"reference":"Patient/p1","display":"Ana Hill"},"owner":{"reference":"Practitioner/d1"},
               "priority":"urgent","authoredOn":"2026-03-01T10:00:00Z","focus":{"reference":"ServiceRequest/r1"},
               "restriction":{"period":{"end":"2026-03-09"}},"note":[{"text":"first"},{"text":"second"}]}},
             {"resource":{"resourceType":"Task","id":"done","status":"completed","for":{"reference":"Patient/p1"}}},
             {"resource":{"resourceType":"Task","id":"foreign","status":"requested","for":{"reference":"Patient/p2"}}},
             {"resource":{"resourceType":"Task","id":"wrong","status":"entered-in-error","for":{"reference":"Patient/p1"}}},
             {"resource":{"resourceType":"Task","id":"odd","status":"requested","for":{"reference":"Patient/p1"},
               "modifierExtension":[{"url":"https://example.org/not","valueBoolean":true}]}}]}""";

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void listsOpenTasksOfOnePatientOnly() {
        var page = list("alpha/Patient/p1", null, null);

        assertThat(page.items()).extracting(task -> task.ref().id()).containsExactly("open");
        assertThat(page.warnings()).hasSize(3);
        assertThat(target())
                .contains("patient=Patient%2Fp1", "status=draft%2Crequested", "_sort=-authored-on")
                .doesNotContain("completed");
    }

    @Test
    void listsEveryTaskWhenAsked() {
        assertThat(list("alpha/Patient/p1", null, "any").items())
                .extracting(task -> task.ref().id())
                .containsExactly("open", "done");
        assertThat(target()).doesNotContain("status=");
    }

    @Test
    void listsTasksOfOneStatusOrOneOwner() {
        assertThat(list("alpha/Patient/p1", null, "completed").items())
                .extracting(task -> task.ref().id())
                .containsExactly("done");
        assertThat(list(null, "alpha/Practitioner/d1", null).items())
                .extracting(task -> task.ref().id())
                .containsExactly("open");
        assertThat(target()).contains("owner=Practitioner%2Fd1");
    }

    @Test
    void showsATaskAsTheEhrHoldsIt() {
        var task = list("alpha/Patient/p1", null, null).items().getFirst();

        assertThat(task.title()).isEqualTo("Call back");
        assertThat(task.due()).isEqualTo("2026-03-09");
        assertThat(task.created()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(task.notes()).containsExactly("first", "second");
        assertThat(task.about()).hasToString("alpha/ServiceRequest/r1");
        assertThat(task.subject()).hasToString("alpha/Patient/p1");
    }

    private Page<Task> list(@Nullable String patient, @Nullable String owner, @Nullable String status) {
        ehr.server().answers(request -> new Answer(200, TASKS));
        var result = ehr.<TaskList, Task>list(
                TaskTools.LIST,
                new TaskList(
                        null,
                        patient == null ? null : Reference.parse(patient),
                        owner == null ? null : Reference.parse(owner),
                        status,
                        null,
                        null));
        return Handlers.ok(result).value();
    }

    private String target() {
        return ehr.server().requests().getLast().target();
    }
}
