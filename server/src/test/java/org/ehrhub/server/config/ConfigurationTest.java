package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.policy.Policy;
import org.ehrhub.routes.limits.Share;
import org.ehrhub.server.mcp.ToolNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String SECRET = "pa55-of-the-hospital";

    private final PaperAdapter.Factory factory = new PaperAdapter.Factory();

    @TempDir
    Path folder;

    @Test
    void readsAWholeConfiguration() throws IOException {
        Files.writeString(folder.resolve("token"), SECRET + "\n");
        var read = load("""
                server: {port: 9090, tool-names: dotted, allowed-origins: ["https://inspector.example"], max-request: 2MB}
                data-dir: ../data
                time-limit: 1500ms
                caller: {subject: nurse, roles: [front-desk]}
                sandbox: {port: 0}
                ehrs:
                  stmarys: {type: paper, base-url: "sandbox:stmarys", style: slow-and-sure, token: "file:token"}
                """);

        assertThat(read.settings().server().port()).isEqualTo(9090);
        assertThat(read.settings().server().toolNames()).isEqualTo(ToolNames.DOTTED);
        assertThat(read.settings().server().maxRequest().toMegabytes()).isEqualTo(2);
        assertThat(read.settings().dataDir())
                .isEqualTo(folder.resolve("../data").toAbsolutePath().normalize());
        assertThat(read.settings().timeLimit()).isEqualTo(Duration.ofMillis(1500));
        assertThat(read.settings().caller().callers().localUser().roles()).containsExactly("front-desk");
        open(read, "stmarys");
        var made = factory.made.getLast();
        assertThat(made.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:4711/stmarys"));
        assertThat(made.style()).isEqualTo(PaperAdapter.Style.SLOW_AND_SURE);
        assertThat(made.token()).isNotNull().extracting(token -> token.reveal()).isEqualTo(SECRET);
        assertThat(made.token().toString()).doesNotContain(SECRET);
    }

    @Test
    void takesTheDefaultsOfAnEmptyFile() {
        var read = load("");

        assertThat(read.settings().server().address()).isEqualTo("127.0.0.1");
        assertThat(read.settings().server().port()).isEqualTo(8080);
        assertThat(read.settings().timeLimit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(read.settings().sandbox()).isNull();
        assertThat(read.settings().ehrs()).isEmpty();
    }

    @Test
    void reportsAllProblemsAtOnceWithFileLineAndKey() {
        assertThat(problems("""
                        server:
                          port: eighty
                          adress: 127.0.0.1
                        time-limit: 10 seconds
                        ehrs:
                          St_Marys:
                            type: paper
                            base-url: https://ehr.example
                          lakeside:
                            type: papper
                          river:
                            type: paper
                            style: hasty
                            pages: 0
                            base-url: https://ehr.example
                            clerk: {name: 12, age: [1]}
                        """))
                .containsExactly(
                        "ehr-hub.yaml:3: server.adress: is not a known key; did you mean `address`?",
                        "ehr-hub.yaml:2: server.port: must be a whole number",
                        "ehr-hub.yaml:4: time-limit: must be a time such as 500ms, 10s or 2m",
                        "ehr-hub.yaml:6: ehrs.St_Marys: is no name for an EHR; start with a letter and use at most 32"
                                + " of lower-case letters, digits and -",
                        "ehr-hub.yaml:10: ehrs.lakeside.type: is no kind of EHR; did you mean `paper`?",
                        "ehr-hub.yaml:13: ehrs.river.style: must be one of quick, slow-and-sure",
                        "ehr-hub.yaml:16: ehrs.river.clerk.age: must be a whole number, not a list");
    }

    @Test
    void reportsWhatAConstructorRefusesAtItsKey() {
        assertThat(problems("ehrs:\n  river:\n    type: paper\n    base-url: https://ehr.example\n    pages: 0\n"))
                .containsExactly("ehr-hub.yaml:5: ehrs.river.pages: must be at least 1");
    }

    @Test
    void refusesToServeOtherMachinesWithoutALogin() {
        for (var address : List.of("0.0.0.0", "192.0.2.7", "::", "hub.example")) {
            assertThat(problems("server: {address: \"" + address + "\"}"))
                    .singleElement()
                    .asString()
                    .startsWith("ehr-hub.yaml:1: server.address: must be 127.0.0.1, ::1 or localhost");
        }
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThat(problems("data-dir: a\ndata-dir: b\n"))
                .containsExactly("ehr-hub.yaml:2: data-dir: stands here a second time; keep one");
    }

    @Test
    void refusesASandboxSiteWithoutASandbox() {
        assertThat(problems("ehrs: {river: {type: paper, base-url: \"sandbox:stmarys\"}}"))
                .containsExactly("ehr-hub.yaml:1: ehrs.river.base-url: names a site of the sandbox, which does not run;"
                        + " add `sandbox: {port: 0}`");
    }

    @Test
    void saysWhereYamlIsBrokenWithoutQuotingIt() {
        assertThat(problems("ehrs:\n  river:\n    token: \"" + SECRET + "\n"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:")
                .doesNotContain(SECRET);
    }

    @Test
    void neverRepeatsASecretThatWasWrittenInline() {
        for (var token : List.of(
                SECRET,
                "\"env:" + SECRET + "\"",
                "\"file:" + SECRET + "\"",
                "\"file:\\0" + SECRET + "\"",
                "[" + SECRET + "]",
                "{" + SECRET + "}",
                "{x: " + SECRET + "}",
                "*" + SECRET,
                "env:\n      " + SECRET)) {
            assertThat(problems(
                            "ehrs:\n  river:\n    type: paper\n    base-url: https://ehr.example\n    token: " + token))
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
        }
        for (var wrongPlace : List.of("style: ", "pages: ", "type: ", "base-url: ", "clerk: ", "")) {
            assertThat(problems("ehrs:\n  river:\n    " + wrongPlace + SECRET))
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem).doesNotContain(SECRET));
        }
    }

    @Test
    void wantsASecretToExistAtTheStart() {
        assertThat(problems("ehrs: {river: {type: paper, base-url: \"https://ehr.example\", token: \"env:NOT_SET\"}}"))
                .containsExactly(
                        "ehr-hub.yaml:1: ehrs.river.token: names an environment variable that is not set; set it"
                                + " before the start");
    }

    @Test
    void allowsNothingWithoutAPolicyFile() {
        assertThat(load("ehrs: {}").policy()).isEqualTo(Policy.NOTHING);
        assertThat(problems("policy: nowhere.yaml"))
                .containsExactly(
                        "ehr-hub.yaml:1: policy: names a file that is missing or may not be read; create it: nothing"
                                + " is allowed without it");
    }

    @Test
    void readsThePolicyBesideIt() throws IOException {
        policy(
                "allow:\n  - {ehr: river, reads: true, writes: [appointment.create]}\napprovals: [appointment.cancel]\n");

        assertThat(load("policy: policy.yaml\nehrs: {river: {type: paper, base-url: \"https://ehr.example\"}}")
                        .policy())
                .usingRecursiveComparison()
                .ignoringFields("grants.line")
                .isEqualTo(new Policy(
                        List.of(new Policy.Grant("*", "river", true, Set.of("appointment.create"))),
                        Set.of("appointment.cancel")));
    }

    @Test
    void reportsTheProblemsOfThePolicyWithThoseOfTheSettings() throws IOException {
        policy("""
                allow:
                  - role: front-desk
                    ehr: rivver
                    writes: [appointment.creat, patient.get, appointment.cancel]
                  - {reads: true}
                approvals: [patient.search]
                """);

        assertThat(problems(
                        "policy: policy.yaml\nport: 1\nehrs: {river: {type: paper, base-url: \"https://e.example\"}}"))
                .containsExactly(
                        "ehr-hub.yaml:2: port: is not a known key; known here: server, data-dir, store, policy, time-limit,"
                                + " limits, max-answer, approvals, logging, caller, login, sandbox, ehrs, channels",
                        "policy.yaml:3: allow[0].ehr: is no EHR of this configuration; did you mean `river`?",
                        "policy.yaml:4: allow[0].writes[0]: is no tool that writes; did you mean `appointment.create`?",
                        "policy.yaml:4: allow[0].writes[1]: is a tool that reads; `reads: true` allows it, so remove it here",
                        "policy.yaml:5: allow[1].ehr: is missing; add it",
                        "policy.yaml:6: approvals[0]: is a tool that reads; `reads: true` allows it, so remove it here");
    }

    @Test
    void anEhrMayHaveLimitsOfItsOwnAndHasTheUsualWhereItSaysNothing() {
        var settings = load("""
                limits: {ehr: {at-once: 20, rows-per-day: 900}}
                ehrs:
                  river: {type: paper, base-url: "https://e.example", limits: {at-once: 4, writes-per-day: 30, rows-per-day: 0}}
                  lake: {type: paper, base-url: "https://e.example"}
                """).settings();

        var shares = settings.limits().ofEhrs(settings.ehrs());
        assertThat(shares.of("river")).isEqualTo(new Share(4, 0, 30, 0));
        assertThat(shares.of("lake")).isEqualTo(new Share(20, 0, 0, 900));
        open(load("ehrs: {river: {type: paper, base-url: \"https://e.example\", limits: {at-once: 4}}}"), "river");
    }

    @Test
    void refusesLimitsOfAnEhrThatDoNotHold() {
        for (var line : List.of(
                "{at-once: -1} | limits: limits must not be negative",
                "{at-onc: 1} | limits.at-onc: is not a known key; did you mean `at-once`?",
                "7 | limits: must be a group of keys")) {
            var parts = line.split(" \\| ", -1);
            assertThat(problems(
                            "ehrs: {river: {type: paper, base-url: \"https://e.example\", limits: " + parts[0] + "}}"))
                    .singleElement()
                    .asString()
                    .startsWith("ehr-hub.yaml:1: ehrs.river." + parts[1]);
        }
    }

    @Test
    void findsTheDataDirectoryOfAConfigurationWithOtherProblems() throws IOException {
        Files.writeString(folder.resolve("ehr-hub.yaml"), "data-dir: here\nserver: {port: x}\n");

        assertThat(Configuration.dataDir(folder.resolve("ehr-hub.yaml"))).isEqualTo(folder.resolve("here"));
    }

    @Test
    void refusesAFileThatIsMissing() {
        assertThatThrownBy(() -> Configuration.load(folder.resolve("none.yaml"), List.of(factory), name -> null))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("none.yaml:1: cannot be read");
    }

    private void policy(String yaml) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), yaml);
    }

    private Configuration load(String yaml) {
        try {
            Files.writeString(folder.resolve("ehr-hub.yaml"), yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Configuration.load(folder.resolve("ehr-hub.yaml"), List.of(factory), Map.of("SET", SECRET)::get);
    }

    private List<String> problems(String yaml) {
        var refused = catchThrowableOfType(ConfigurationRefused.class, () -> load(yaml));
        assertThat(refused).as(yaml).isNotNull();
        return refused.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    private void open(Configuration read, String ehr) {
        read.settings()
                .ehrs()
                .get(ehr)
                .open(
                        ehr,
                        site -> "http://127.0.0.1:4711/" + site,
                        new AdapterContext(new DefaultCamelContext(), Clock.systemUTC()))
                .close();
    }
}
