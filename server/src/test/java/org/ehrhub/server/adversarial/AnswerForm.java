package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.tools.ToolCatalog;

/** The form that every answer has, whatever was asked and whatever the EHR said: small, one line, as the contract promises. */
final class AnswerForm {
    private static final int MOST_BYTES = 16 * 1024;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    ToolAnswer checked(String tool, ToolAnswer answer) {
        assertThat(answer.text()).isEqualTo(answer.json().toString()).doesNotContain("\n");
        assertThat(answer.text().codePoints())
                .as(answer.text())
                .noneMatch(c -> Character.getType(c) == Character.FORMAT || Character.isISOControl(c));
        if (answer.failed()) {
            assertThat(answer.json().propertyNames()).containsExactly("error");
        } else {
            assertThat(answer.text().length()).as(tool).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(schema(tool).validate(answer.json())).as(answer.text()).isEmpty();
        }
        return answer;
    }

    private Schema schema(String tool) {
        return schemas.computeIfAbsent(
                tool,
                name -> registry.getSchema(
                        ToolCatalog.canonical().find(name).orElseThrow().outputSchema()));
    }
}
