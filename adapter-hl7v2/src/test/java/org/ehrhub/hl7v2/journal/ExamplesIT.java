package org.ehrhub.hl7v2.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.hl7v2.journal.Hl7.admission;
import static org.ehrhub.hl7v2.journal.Hl7.bytes;
import static org.ehrhub.hl7v2.journal.Hl7.text;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.Er7File;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds examples/hl7-* to what they say of themselves. */
class ExamplesIT {
    private final MemoryJournal journal = new MemoryJournal();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @TempDir
    private Path folder;

    @BeforeEach
    void bind() {
        camel.getRegistry().bind("journal", journal);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void set(String property, String value) {
        camel.getPropertiesComponent().addOverrideProperty(property, value);
    }

    private void run(String example) throws Exception {
        var routes = ResourceHelper.resolveMandatoryResource(camel, "file:../examples/" + example + "/routes.yaml");
        PluginHelper.getRoutesLoader(camel).loadRoutes(routes);
        camel.start();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void keep(String channel, String... messages) {
        for (var message : messages) {
            journal.keep(MessageIndex.of(bytes(message), Ordering.USUAL).message(channel, bytes(message)));
        }
    }

    private List<String> kept(String channel) {
        return journal.rows(channel).stream()
                .map(row -> text(row.message.content()))
                .toList();
    }

    @Test
    void receivesAndStores() throws Exception {
        int port = freePort();
        set("adt.listen", "127.0.0.1:" + port);
        set("adt.folder", folder.toString());
        run("hl7-receive");
        try (var client = new MllpClient(ClientSettings.to("127.0.0.1", port))) {
            var delivery = client.send(bytes(admission("1", "A")));

            assertThat(text(((Delivery.Acknowledged) delivery).answer())).contains("MSA|AA|1");
        }
        layDown("batch.hl7", admission("1", "A"), admission("2", "A"), admission("3", "B"));
        journal.until(all -> all.size() == 3);
        untilThere(folder.resolve("done").resolve("batch.hl7"));

        assertThat(kept("adt-in")).containsExactly(admission("1", "A"), admission("2", "A"), admission("3", "B"));
    }

    @Test
    void setsAFileAsideThatIsNotWhole() throws Exception {
        set("adt.listen", "127.0.0.1:" + freePort());
        set("adt.folder", folder.toString());
        run("hl7-receive");
        var cut = Files.writeString(folder.resolve(".cut"), "BHS|^~\\&|A\r" + admission("1", "A") + "BTS|2\r");

        Files.move(cut, folder.resolve("cut.hl7"), StandardCopyOption.ATOMIC_MOVE);
        untilThere(folder.resolve("failed").resolve("cut.hl7"));
        layDown("whole.hl7", admission("1", "A"), admission("2", "A"));
        untilThere(folder.resolve("done").resolve("whole.hl7"));

        assertThat(kept("adt-in")).containsExactly(admission("1", "A"), admission("2", "A"));
    }

    private void layDown(String name, String... messages) throws IOException {
        var hidden = folder.resolve("." + name);
        try (var file = Er7File.begin(Files.newOutputStream(hidden), Clock.systemUTC())) {
            for (var message : messages) {
                file.add(bytes(message));
            }
            file.end();
        }
        Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void untilThere(Path file) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(file)) {
            assertThat(end - System.nanoTime()).as("%s is there", file).isPositive();
            Thread.sleep(20);
        }
    }

    @Test
    void forwardsInOrderWithRetries() throws Exception {
        try (var receiver = new TroubledReceiver(0, 1)) {
            var messages = Stream.of("1", "2", "3")
                    .map(controlId -> admission(controlId, "A"))
                    .toList();
            keep("adt-in", messages.toArray(String[]::new));
            set("lab.address", "127.0.0.1:" + receiver.port());

            run("hl7-forward");
            journal.untilFinished("adt-in");

            assertThat(receiver.applied()).containsExactlyElementsOf(messages);
        }
    }

    @Test
    void routesByTypeAndLeavesOutTheRest() throws Exception {
        try (var results = new TroubledReceiver(0, 1);
                var adt = new TroubledReceiver(0, 1)) {
            var admission = admission("1", "A");
            var result = admission("2", "A").replace("ADT^A01^ADT_A01", "ORU^R01^ORU_R01");
            var merge = admission("3", "A").replace("ADT^A01^ADT_A01", "ADT^A40^ADT_A39");
            keep("in", admission, result, merge, admission("4", "A").replace("ADT^A01^ADT_A01", "DFT^P03^DFT_P03"));
            set("results.address", "127.0.0.1:" + results.port());
            set("adt.address", "127.0.0.1:" + adt.port());

            run("hl7-route");
            for (var channel : List.of("in", "results-out", "adt-out")) {
                journal.untilFinished(channel);
            }

            assertThat(results.applied()).containsExactly(result, merge);
            assertThat(adt.applied()).containsExactly(admission, merge);
            assertThat(journal.rows("in")).extracting(row -> row.state).containsOnly("DONE");
        }
    }
}
