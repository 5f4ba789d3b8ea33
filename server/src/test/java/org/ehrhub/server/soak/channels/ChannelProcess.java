package org.ehrhub.server.soak.channels;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.Secret;
import org.ehrhub.hl7v2.journal.ChannelRoutes;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.StoreSettings;

/**
 * A process that receives messages over MLLP into a stored journal, hands them from one channel to the next, and delivers them
 * over four connections. It says "ready", and works until it is killed.
 */
final class ChannelProcess {
    private ChannelProcess() {}

    /** The folder of its data, the address of its database or "file", the port it listens at, and that of the destination. */
    public static void main(String[] words) throws Exception {
        var folder = Path.of(words[0]);
        var settings = words[1].equals("file")
                ? StoreSettings.in(folder)
                : new StoreSettings(words[1], "postgres", Secret.from(() -> "postgres"))
                        .withKeys(folder.resolveSibling("payload.keys"));
        var keeping = new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192));
        var store = HubStore.open(settings, folder, keeping, Duration.ofSeconds(10), Clock.systemUTC());
        var camel = new DefaultCamelContext();
        camel.getRegistry().bind("journal", store.journal());
        camel.addRoutes(new ChannelRoutes(
                List.of(new ChannelRoutes.Receiving("receive", "mllp-server:127.0.0.1:" + words[2], "journal:adt-in")),
                List.of(
                        new ChannelRoutes.Delivering(
                                "hand-over", "journal:adt-in?workers=8&lease=5s", "journal:lab-out"),
                        new ChannelRoutes.Delivering(
                                "deliver",
                                "journal:lab-out?workers=4&lease=5s&refused=RETRY&retryAfter=20ms&mostRetryAfter=200ms",
                                "mllp-client:127.0.0.1:" + words[3] + "?connections=4&answerLimit=2s"))));
        camel.start();
        System.out.println("ready");
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
