package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the list of tools costs a model before it has done anything: names, descriptions and input schemas, in bytes. */
class CatalogueSizeTest {
    private static final int KB = 1024;

    private final JsonMapper json = new JsonMapper();

    @Test
    void everyToolThatReadsInTwentyFourKilobytes() {
        assertThat(size(ToolProfile.READING)).isLessThanOrEqualTo(24 * KB);
    }

    @Test
    void theDefaultProfileInTenKilobytes() {
        var tools = ToolProfile.of(ToolCatalog.canonical(), Set.of()).tools();

        assertThat(tools).hasSize(15).isEqualTo(tools(ToolProfile.CLINICAL));
        assertThat(size(ToolProfile.CLINICAL)).isLessThanOrEqualTo(10 * KB);
    }

    @Test
    void everyProfileNamesToolsThereAre() {
        assertThat(tools(ToolProfile.SCHEDULING)).hasSize(11);
        assertThat(tools(ToolProfile.COVERAGE)).hasSize(11);
        assertThat(tools(ToolProfile.CONNECTOR)).extracting(CanonicalTool::name).containsExactly("search", "fetch");
        assertThat(tools(ToolProfile.ALL)).isEqualTo(ToolCatalog.canonical().tools());
    }

    private static Collection<CanonicalTool<?, ?>> tools(ToolProfile profile) {
        return ToolProfile.of(ToolCatalog.canonical(), Set.of(profile)).tools();
    }

    private int size(ToolProfile profile) {
        var list = json.createArrayNode();
        for (var tool : tools(profile)) {
            list.addObject()
                    .put("name", tool.wireName())
                    .put("description", tool.description())
                    .set("inputSchema", json.readTree(tool.inputSchema()));
        }
        return list.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
