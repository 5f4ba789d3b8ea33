package org.ehrhub.server.soak.channels;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.AcknowledgementCode;

/**
 * Senders of messages, each with patients of its own, on a connection of its own: the next message after the acknowledgement of
 * the last, and the same once more when none came.
 *
 * @param senders how many
 * @param each how many messages each sends
 */
record Hospital(int senders, int each, AtomicInteger accepted) {
    private static final int PATIENTS = 5;
    private static final int PAUSE_MILLIS = 20;

    static Hospital of(int senders, int messages) {
        return new Hospital(senders, messages / senders, new AtomicInteger());
    }

    /** Sends all of one sender's messages to these ports in turn, when one does not answer to the next. */
    void send(int sender, List<Integer> ports) throws InterruptedException {
        var clients = ports.stream()
                .map(port -> new MllpClient(ClientSettings.to("127.0.0.1", port)))
                .toList();
        int turn = sender;
        for (var message : messages(sender)) {
            var content = message.getBytes(StandardCharsets.ISO_8859_1);
            while (!isAccepted(clients.get(turn % clients.size()).send(content))) {
                turn++;
                Thread.sleep(PAUSE_MILLIS);
            }
            accepted.incrementAndGet();
        }
        clients.forEach(MllpClient::close);
    }

    private static boolean isAccepted(Delivery delivery) {
        return delivery instanceof Delivery.Acknowledged answered
                && answered.acknowledgement().code() == AcknowledgementCode.AA;
    }

    /** How many messages there are. */
    int total() {
        return senders * each;
    }

    /** The messages of a sender, in their order. */
    List<String> messages(int sender) {
        return IntStream.range(0, each)
                .mapToObj(
                        number -> "MSH|^~\\&|ADT" + sender + "|EAST|LAB|WEST|20260302||ADT^A08^ADT_A01|" + sender + "."
                                + number + "|P|2.5.1\rEVN|A08|20260302\rPID|1||" + patient(sender, number)
                                + "^^^EAST^MR||DOE^JANE\rPV1|1|I\r")
                .toList();
    }

    private static String patient(int sender, int number) {
        return "S" + sender + "P" + number % PATIENTS;
    }

    /** All patients. */
    List<String> patients() {
        return IntStream.range(0, senders)
                .boxed()
                .flatMap(sender -> IntStream.range(0, PATIENTS).mapToObj(number -> patient(sender, number)))
                .toList();
    }
}
