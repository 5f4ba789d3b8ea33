package org.ehrhub.server.observed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.server.channels.Destinations;
import org.ehrhub.server.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds the alert rules, and the table of docs/operations.md, to the metrics that the hub shows. */
class AlertRulesTest {
    private static final Path RULES = Path.of("../docs/alerts/ehr-hub.rules.yaml");
    private static final Pattern METRIC = Pattern.compile("ehrhub_[a-z_]+");
    private static final Pattern LABEL = Pattern.compile("(?<=[{,])([a-z_]+)(?=[=!])");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void everyRuleSpeaksOfMetricsAndLabelsThatAreThere() throws IOException {
        var shown = shown();
        for (var rule : rules()) {
            var expression = rule.path("expr").asString();
            var metrics = METRIC.matcher(expression)
                    .results()
                    .map(found -> found.group())
                    .toList();
            assertThat(metrics)
                    .as(rule.path("alert").asString())
                    .isNotEmpty()
                    .allSatisfy(metric -> assertThat(shown).containsPattern("(?m)^" + metric + "[ {]"));
            LABEL.matcher(expression)
                    .results()
                    .forEach(label -> assertThat(shown).contains(label.group() + "=\""));
        }
    }

    @Test
    void everyRuleHasANameOfItsOwnAndSaysWhatIsWrong() throws IOException {
        var names = new HashSet<String>();
        for (var rule : rules()) {
            var name = rule.path("alert").asString();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(rule.propertyNames()).isSubsetOf("alert", "expr", "for", "labels", "annotations");
            assertThat(rule.path("labels").path("severity").asString()).isIn("critical", "warning", "info");
            assertThat(rule.path("annotations").path("summary").asString()).isNotBlank();
            assertThat(rule.path("annotations").path("description").asString()).isNotBlank();
            if (rule.has("for")) {
                assertThat(rule.path("for").asString()).matches("\\d+[smh]");
            }
            var expression = rule.path("expr").asString();
            assertThat(expression.chars().filter(c -> c == '(').count())
                    .isEqualTo(expression.chars().filter(c -> c == ')').count());
        }
        assertThat(names).hasSizeGreaterThan(8);
    }

    @Test
    void theDocsNameEveryMetricOfAChannelAndEveryRule() throws IOException {
        var docs = Files.readString(Path.of("../docs/operations.md"));
        METRIC.matcher(shown())
                .results()
                .map(found -> found.group().replaceFirst("_(count|sum|max)$", ""))
                .filter(metric -> metric.startsWith("ehrhub_channel"))
                .distinct()
                .forEach(metric -> assertThat(docs).contains("`" + metric + "`"));
        for (var rule : rules()) {
            assertThat(docs).contains(rule.path("alert").asString());
        }
    }

    @Test
    void whatTheJournalCannotSayIsNoNumber() throws IOException {
        var metrics = new HubMetrics();
        metrics.channels(Set.of("lab"), new Desk(Optional.empty()), destinations(), InstantSource.fixed(NOW));

        assertThat(metrics.text()).contains("ehrhub_channel_oldest_seconds{channel=\"lab\"} NaN");
    }

    @Test
    void showsWhereAChannelStands() throws IOException {
        assertThat(shown())
                .contains("ehrhub_channel_messages{channel=\"lab\",state=\"waiting\"} 5.0")
                .contains("ehrhub_channel_messages{channel=\"lab\",state=\"retried\"} 2.0")
                .contains("ehrhub_channel_messages{channel=\"lab\",state=\"dead\"} 1.0")
                .contains("ehrhub_channel_oldest_seconds{channel=\"lab\"} 90.0")
                .contains("ehrhub_channel_received_seconds_count{channel=\"lab\",code=\"AA\"} 1")
                .contains("ehrhub_channel_delivered_seconds_count{channel=\"lab\",outcome=\"not_sent\"} 1")
                .contains("ehrhub_channel_receiver{channel=\"lab\",state=\"down\"} 1.0")
                .contains("ehrhub_channel_receiver{channel=\"lab\",state=\"up\"} 0.0");
    }

    private static List<JsonNode> rules() throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (var group :
                YAMLMapper.builder().build().readTree(Files.readString(RULES)).path("groups")) {
            assertThat(group.path("name").asString()).isNotBlank();
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    /** What a hub shows with a channel through which something went. */
    private String shown() throws IOException {
        var metrics = new HubMetrics();
        var destinations = destinations();
        var watch = destinations.and(metrics.channels(
                Set.of("lab"),
                new Desk(Optional.of(new ChannelState(5, 2, 1, 9, NOW.minusSeconds(90)))),
                destinations,
                InstantSource.fixed(NOW)));
        watch.received("lab", "AA", Duration.ofMillis(2));
        watch.delivered("lab", "not_sent", Duration.ofMillis(2));
        return metrics.text();
    }

    private Destinations destinations() throws IOException {
        var file = Files.writeString(
                folder.resolve("ehr-hub.yaml"), "channels: {lab: {deliver: {host: lab.example, port: 2576}}}\n");
        return new Destinations(Configuration.load(file).settings().channels(), InstantSource.fixed(NOW));
    }

    private record Desk(Optional<ChannelState> state) implements JournalDesk {
        @Override
        public List<JournalEntry> search(JournalQuery query) {
            return List.of();
        }

        @Override
        public Optional<byte[]> content(long id) {
            return Optional.empty();
        }

        @Override
        public int replay(JournalQuery query) {
            return 0;
        }

        @Override
        public Map<String, ChannelState> channels() {
            return Map.of("lab", state.orElseThrow());
        }
    }
}
