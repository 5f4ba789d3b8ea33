package org.ehrhub.routes.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every answer to its form: the tool's output schema, or the form of a failure. */
final class AnswerForm {
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final JsonMapper json = new JsonMapper();

    void check(CanonicalTool<?, ?> tool, ToolAnswer answer) {
        assertThat(answer.text())
                .isEqualTo(answer.json().toString())
                .isEqualTo(json.readTree(answer.text()).toString());
        if (answer.failed()) {
            checkError(answer);
            return;
        }
        var schema = schemas.computeIfAbsent(tool.name(), name -> registry.getSchema(tool.outputSchema()));
        assertThat(schema.validate(answer.json())).as(answer.text()).isEmpty();
    }

    void checkError(ToolAnswer answer) {
        assertThat(answer.failed()).isTrue();
        assertThat(answer.json().propertyNames()).containsExactly("error");
        var error = answer.json().get("error");
        assertThat(error.propertyNames())
                .startsWith("code", "message", "retryable", "hint", "callId")
                .isSubsetOf("code", "message", "retryable", "hint", "callId", "approval");
        assertThat(error.get("retryable").booleanValue())
                .isEqualTo(ErrorCode.valueOf(error.get("code").stringValue()).retryable());
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(error.get("hint").stringValue()).isNotBlank();
        assertThat(error.get("callId").stringValue()).isNotBlank();
    }
}
