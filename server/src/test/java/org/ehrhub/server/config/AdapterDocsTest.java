package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.testkit.SupportTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/adapters.md to what each kind of adapter registers; {@code ./check --update} rewrites it. */
class AdapterDocsTest {
    private static final Path DOCS = Path.of("../docs/adapters.md");

    /** One EHR of each kind, and of each way in which a kind's tools differ, by the heading of its column. */
    private static final Map<String, String> COLUMNS = columns();

    @TempDir
    private Path folder;

    @Test
    void tellsWhichAdapterHasWhichTool() throws Exception {
        var text = """
                # Adapters

                Written by a test from what each kind of adapter registers. A tool without a word is not supported; what follows `yes`
                are finer points of support. This is the most that a kind of EHR can do: what one EHR does not offer, by what it says of
                itself, by the rights the hub was granted there, or by how it answered, is withheld, and `ehr.list` says why. `search`,
                `fetch`, `intake.sync`, `ehr.list` and `approval.status` are the hub's own: they use the tools of the EHRs, and no adapter
                has them. What the tools are is in [tools.md](tools.md), how an adapter is added in [CONTRIBUTING.md](../CONTRIBUTING.md).

                """ + table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCS, text);
        }

        assertThat(DOCS).as("./check --update rewrites it").hasContent(text);
    }

    private String table() throws Exception {
        var table = new SupportTable();
        var seen = new HashSet<String>();
        try (var camel = new DefaultCamelContext()) {
            var context = new AdapterContext(camel, InstantSource.system());
            for (var column : COLUMNS.entrySet()) {
                var ehr = settings(column.getValue());
                seen.add(ehr.type());
                try (var adapter = ehr.open("ours", UnaryOperator.identity(), context)) {
                    table.with(column.getKey(), adapter.handlers());
                }
            }
        }
        assertThat(Configuration.factories())
                .extracting(factory -> factory.type())
                .hasSameElementsAs(seen);
        return table.markdown();
    }

    private EhrSettings settings(String keys) throws IOException {
        Files.writeString(folder.resolve("token"), "a token");
        var file = Files.writeString(folder.resolve("ehr-hub.yaml"), "ehrs:\n  ours: {%s}\n".formatted(keys));
        return Configuration.load(file).settings().ehrs().values().iterator().next();
    }

    private static Map<String, String> columns() {
        var columns = new LinkedHashMap<String, String>();
        columns.put(
                "`fhir-r4`, slots as resources",
                "type: fhir-r4, base-url: 'https://ehr.example/fhir', operations: [{path: PlanDefinition/$apply}]");
        columns.put(
                "`fhir-r4`, slots by `$find`",
                "type: fhir-r4, base-url: 'https://ehr.example/fhir', scheduling: {slots: find-operation}");
        columns.put(
                "`medplum`",
                "type: medplum, base-url: 'https://api.medplum.com', auth: {kind: bearer, token: 'file:token'},"
                        + " agents: {lab: {agent: a, device: d}}, bots: {own: {id: b, deploys: true}}");
        return columns;
    }
}
