package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the blocks of docs/configuration.md to what the hub reads. */
class ConfigurationDocsTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void whatTheDocsShowIsAConfigurationWithItsPolicy() throws IOException {
        var blocks = blocks();
        assertThat(blocks).hasSize(4);
        Files.writeString(folder.resolve("ehr-hub.yaml"), blocks.get(0));
        Files.writeString(folder.resolve("policy.yaml"), blocks.get(1));

        Files.writeString(folder.resolve("university-clinic.pem"), "a key");

        var read = Configuration.load(folder.resolve("ehr-hub.yaml"), Configuration.factories(), name -> "secret");

        assertThat(read.settings().ehrs())
                .containsOnlyKeys("general-hospital", "university-clinic", "family-practice", "telehealth");
        var shares = read.settings().limits().ofEhrs(read.settings().ehrs());
        assertThat(shares.of("general-hospital")).isNotEqualTo(shares.usual());
        assertThat(shares.of("university-clinic")).isEqualTo(shares.usual());
        assertThat(read.policy().grants()).hasSize(4);
        assertThat(read.policy().denials()).hasSize(2);
        assertThat(read.policy().charts().breakGlass()).hasSize(1);
        assertThat(read.policy().charts().consents()).hasSize(1);
        assertThat(read.policy().approvals()).containsExactly("appointment.cancel");
        assertThat(read.policy().approvers()).hasSize(1);
    }

    @Test
    void whatTheDocsShowOfALoginIsAConfiguration() throws IOException {
        Files.writeString(folder.resolve("ehr-hub.yaml"), blocks().get(2));
        Files.writeString(folder.resolve("hub.pem"), "a certificate");
        Files.writeString(folder.resolve("hub.key"), "a key");

        var read = Configuration.load(folder.resolve("ehr-hub.yaml"), Configuration.factories(), name -> "secret");

        assertThat(read.settings().login()).isNotNull();
        assertThat(read.settings().login().approverCallback()).hasToString("https://hub.example/approvals/callback");
        assertThat(read.settings().login().issuers().getFirst().introspection()).isNotNull();
        assertThat(read.settings().login().issuers().getFirst().patient().ehr()).isEqualTo("general-hospital");
    }

    @Test
    void whatTheDocsShowOfChannelsIsAConfiguration() throws IOException {
        Files.writeString(folder.resolve("ehr-hub.yaml"), blocks().get(3));
        for (var file : List.of("hub.pem", "hub.key", "senders-ca.pem", "lab-ca.pem")) {
            Files.writeString(folder.resolve(file), "in PEM");
        }

        var channels =
                Configuration.load(folder.resolve("ehr-hub.yaml")).settings().channels();

        assertThat(channels).containsOnlyKeys("adt", "lab", "billing");
        assertThat(channels.get("adt").to()).containsExactly("lab", "billing");
        assertThat(channels.get("billing").deliver().answerLimit())
                .isEqualTo(channels.get("lab").deliver().answerLimit());
    }

    @Test
    void theDocsNameEveryKey() throws IOException {
        var text = Files.readString(Path.of("../docs/configuration.md"));
        for (var group : List.of(
                HubConfig.class,
                HubConfig.Store.class,
                ServerSettings.class,
                ServerSettings.Sessions.class,
                LimitSettings.class,
                LogSettings.class,
                LimitSettings.Caller.class,
                LimitSettings.Ehr.class,
                LimitSettings.OwnOfEhr.class,
                ApprovalSettings.class,
                TlsSettings.class,
                ChannelSettings.class,
                ReceiveSettings.class,
                DeliverSettings.class,
                MllpTls.class,
                HubConfig.LocalCaller.class,
                LoginSettings.class,
                LoginSettings.Issuer.class,
                LoginSettings.Introspection.class,
                LoginSettings.RoleClaim.class,
                LoginSettings.PatientClaim.class,
                LoginSettings.RequiredScopes.class,
                LoginSettings.ApproverClient.class,
                PolicyFile.class,
                PolicyRules.AllowRule.class,
                PolicyRules.DenyRule.class,
                ApproverRule.class,
                PolicyRules.Times.class,
                PolicyCharts.BreakGlassRule.class,
                PolicyCharts.ConsentRule.class)) {
            Arrays.stream(group.getRecordComponents())
                    .filter(component -> component.getType() != Place.class)
                    .map(component -> key(component.getName()))
                    .forEach(key -> assertThat(text).contains(key + ":"));
        }
    }

    @Test
    void theDocsNameEveryKeyOfEveryKindOfEhr() throws IOException {
        var text = Files.readString(Path.of("../docs/configuration.md"));
        Configuration.factories()
                .forEach(factory -> keys(factory.configType())
                        .forEach(key -> assertThat(text).as(factory.type()).containsAnyOf(key + ":", "`" + key + "`")));
    }

    private static Stream<String> keys(Class<?> group) {
        return Arrays.stream(group.getRecordComponents())
                .flatMap(component -> component.getType().isRecord()
                                && component.getType().getName().matches(".*\\.(fhir|medplum)\\..*")
                        ? Stream.concat(Stream.of(key(component.getName())), keys(component.getType()))
                        : Stream.of(key(component.getName())));
    }

    private static String key(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("../docs/configuration.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```yaml\n".length(), block.length() - 3))
                .toList();
    }
}
