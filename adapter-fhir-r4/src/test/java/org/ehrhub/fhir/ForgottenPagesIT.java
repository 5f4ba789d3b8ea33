package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.found;

import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a server that keeps its pages for a while only. */
class ForgottenPagesIT {
    private static final PatientSearch HILL = new PatientSearch(null, "Hill", null, null, null, null, null, null, null);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void givesTheRowsBeforeAndThenSaysThatTheListMustBeAskedForAgain(int status) {
        ehr.server()
                .answers(request -> request.target().contains("page=2")
                        ? new Answer(status, "")
                        : found(
                                ehr.server().url("/fhir?page=2").toString(),
                                "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Hill\"}]}"));

        ToolResult<Page<PatientMatch>> first = ehr.list(PatientTools.SEARCH, HILL);
        assertThat(first).isInstanceOf(ToolResult.Ok.class);
        var page = ((ToolResult.Ok<Page<PatientMatch>>) first).value();
        assertThat(page.items()).hasSize(1);
        assertThat(page.complete()).isFalse();

        ToolResult<PatientMatch> later = ehr.call(
                PatientTools.SEARCH, HILL, ScriptedEhr.context().at(page.next().orElseThrow()));
        assertThat(ScriptedEhr.code(later)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(later.toString()).contains("without a cursor");
    }
}
