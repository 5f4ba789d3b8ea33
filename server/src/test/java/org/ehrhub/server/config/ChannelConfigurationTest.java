package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void readsAChannelWithItsDefaults() throws IOException {
        var channel = load("""
                channels:
                  adt:
                    receive: {port: 2575}
                    deliver: {host: lab.example, port: 2576, connections: 3}
                """).channels().get("adt");

        assertThat(channel.receive().address()).isEqualTo("127.0.0.1");
        assertThat(channel.receive().maxMessage().toMegabytes()).isEqualTo(16);
        assertThat(channel.deliver().atOnce()).isEqualTo(3);
        assertThat(channel.deliver().refused()).isEqualTo(DeliverSettings.Refused.DEAD);
        assertThat(channel.deliver().mostRetryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(channel.to()).isEmpty();
    }

    @Test
    void aHubHasNoChannelsUnlessTheyAreNamed() throws IOException {
        assertThat(load("").channels()).isEmpty();
        assertThat(Configuration.load(Path.of("../examples/quickstart/ehr-hub.yaml"))
                        .settings()
                        .channels())
                .isEmpty();
    }

    @Test
    void aProcessThatAnswersOneCallHasNoChannels() throws IOException {
        var settings = load("channels: {adt: {receive: {port: 2575}}}\n");

        assertThat(settings.withoutChannels().channels()).isEmpty();
        assertThat(settings.beside().channels()).isEmpty();
    }

    @Test
    void whatListensToTheNetworkSaysWhoMaySend() throws IOException {
        assertThat(problems("channels: {adt: {receive: {address: 0.0.0.0, port: 2575}}}\n"))
                .contains("ehr-hub.yaml:1: channels.adt.receive.address: is open to the network", "`senders`");
        assertThat(load("channels: {adt: {receive: {address: 0.0.0.0, port: 2575, senders: [10.1.0.0/16]}}}\n")
                        .channels())
                .containsKey("adt");
    }

    @Test
    void reportsEachProblemAtItsPlace() throws IOException {
        assertThat(problems("""
                        channels:
                          adt:
                            receive: {port: 0, senders: [lab.example]}
                          lab:
                            deliver: {port: 2576, attempts: -1}
                          none: {}
                          both:
                            deliver: {host: lab.example, port: 2576}
                            to: [adt]
                        """))
                .contains("channels.adt.receive.port: must be from 1 to 65535")
                .contains("channels.lab.deliver.host: is missing")
                .contains("channels.none: A channel needs receive, deliver or to")
                .contains("ehr-hub.yaml:9: channels.both.to: cannot stand beside deliver");
        assertThat(problems("channels: {adt: {receive: {port: 2575, senders: [lab.example]}}}\n"))
                .contains("channels.adt.receive.senders: must hold addresses in figures");
        assertThat(problems("channels: {adt: {receive: {port: 2575, client-certificate: true}}}\n"))
                .contains("channels.adt.receive.client-certificate: needs tls");
        assertThat(problems("channels: {adt: {receive: {port: 2575, tls: {certificate: none.pem, key: none.key}}}}\n"))
                .contains("channels.adt.receive.tls.certificate: names a file that is missing");
    }

    @Test
    void channelsLeadToOthersThatAreThereAndNeverInACircle() throws IOException {
        assertThat(problems("""
                        channels:
                          adt:
                            receive: {port: 2575}
                            to: [labb]
                          lab: {deliver: {host: lab.example, port: 2576}}
                        """)).contains("ehr-hub.yaml:4: channels.adt.to: names a channel that is not there", "lab");
        assertThat(problems("""
                        channels:
                          one: {to: [two]}
                          two: {to: [three]}
                          three: {to: [two]}
                        """))
                .contains("channels.two.to: leads back", "channels.three.to: leads back")
                .doesNotContain("channels.one.to");
    }

    @Test
    void twoChannelsDoNotShareAPortAndNamesAreOfTheirForm() throws IOException {
        assertThat(problems("""
                        channels:
                          adt: {receive: {port: 2575}}
                          oru: {receive: {port: 2575}}
                          Lab_1: {deliver: {host: lab.example, port: 2576}}
                        """))
                .contains("ehr-hub.yaml:3: channels.oru.receive.port: is the port of channel adt as well")
                .contains("ehr-hub.yaml:4: channels.Lab_1: is no name for a channel");
    }

    private HubConfig load(String text) throws IOException {
        return Configuration.load(Files.writeString(folder.resolve("ehr-hub.yaml"), text))
                .settings();
    }

    private String problems(String text) throws IOException {
        var file = Files.writeString(folder.resolve("ehr-hub.yaml"), text);
        return catchThrowableOfType(ConfigurationRefused.class, () -> Configuration.load(file))
                .getMessage();
    }
}
