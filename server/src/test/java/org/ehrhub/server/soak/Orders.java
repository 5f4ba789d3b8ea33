package org.ehrhub.server.soak;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Everything the client wants written: what is open is asked for again, with new writes in between. */
final class Orders {
    private static final String PATIENT = "stmarys/Patient/sm-1001";

    private final Random random;
    private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    private final List<Order> all = new ArrayList<>();
    private final Deque<Order> open = new ArrayDeque<>();
    private final Deque<String> slots = new ArrayDeque<>();

    Orders(Random random) {
        this.random = random;
    }

    /** Looks for free times to book; no two orders are for one. */
    void findSlots(Agent agent) throws IOException, InterruptedException {
        var ask = JsonMapper.shared()
                .createObjectNode()
                .put("ehr", "stmarys")
                .put("from", now.plusHours(1).toString())
                .put("to", now.plusDays(14).toString())
                .put("limit", 100);
        for (var page = 0; page < 4; page++) {
            var answer = agent.call("slot.search", ask);
            if (answer.failed()) {
                throw new IllegalStateException(answer.text());
            }
            answer.json()
                    .path("items")
                    .forEach(slot -> slots.add(slot.path("slotRef").asString()));
            if (!answer.json().path("cursor").isString()) {
                return;
            }
            ask.put("cursor", answer.json().path("cursor").asString());
        }
    }

    List<Order> all() {
        return all;
    }

    /** What is asked for next: an open write more often than a new one, now and then one that is done. */
    synchronized Order next() {
        var dice = random.nextInt(10);
        if (dice == 0 && !all.isEmpty()) {
            return all.get(random.nextInt(all.size()));
        }
        var old = dice < 6 ? open.poll() : null;
        return old == null ? fresh() : old;
    }

    /** The next open write; the last of them is followed by nothing. */
    synchronized List<Order> rest() {
        return all.stream().filter(order -> !order.isDone()).toList();
    }

    /** Takes a write back that is not done. */
    synchronized void reopen(Order order) {
        if (!order.isDone() && !open.contains(order)) {
            open.add(order);
        }
    }

    private Order fresh() {
        var number = all.size();
        var mark = "soak-%05d-".formatted(number);
        var order = switch (random.nextInt(4)) {
            case 0 -> note(mark);
            case 1 -> vital(number);
            case 2 -> task(mark);
            default -> slots.isEmpty() ? task(mark) : visit(mark);
        };
        order.arguments().put("idempotencyKey", "key-" + number);
        all.add(order);
        return order;
    }

    private static ObjectNode arguments() {
        return JsonMapper.shared().createObjectNode().put("patient", PATIENT);
    }

    private static Order note(String mark) {
        var arguments = arguments().put("title", mark).put("text", "Nothing to report.");
        return new Order("note.draft", "DocumentReference", mark, arguments);
    }

    private static Order task(String mark) {
        return new Order("task.create", "Task", mark, arguments().put("title", mark));
    }

    private Order visit(String mark) {
        var arguments = arguments().put("slotRef", slots.poll()).put("reason", mark);
        return new Order("appointment.create", "Appointment", mark, arguments);
    }

    /** Its time tells it from all others. */
    private Order vital(int number) {
        var at = now.minusDays(2).plusSeconds(number).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));
        var arguments = arguments()
                .put("sign", "heart-rate")
                .put("value", 71)
                .put("unit", "/min")
                .put("at", at + "Z");
        return new Order("vital.record", "Observation", at, arguments);
    }
}
