package org.ehrhub.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** One write that the client wants done, repeated under its key until the hub says that it is. */
final class Order {
    private final String tool;
    private final String type;
    private final String mark;
    private final ObjectNode arguments;
    private final AtomicReference<String> record = new AtomicReference<>("");

    /**
     * A write.
     *
     * @param type the FHIR type of what it makes
     * @param mark words that only this write's record holds
     * @param arguments with the key
     */
    Order(String tool, String type, String mark, ObjectNode arguments) {
        this.tool = tool;
        this.type = type;
        this.mark = mark;
        this.arguments = arguments;
    }

    String tool() {
        return tool;
    }

    String mark() {
        return mark;
    }

    ObjectNode arguments() {
        return arguments;
    }

    /** The reference that the hub answered with; empty until it has said that the write is done. */
    String record() {
        return record.get();
    }

    boolean isDone() {
        return !record().isEmpty();
    }

    /** The hub says that it is done: always by the same record. */
    void done(Agent.Answer answer) {
        var shown = Pattern.compile("stmarys/" + type + "/[A-Za-z0-9.-]+").matcher(answer.text());
        assertThat(shown.find()).as(answer.text()).isTrue();
        var before = record.getAndSet(shown.group());
        assertThat(before).as("the record that %s made", this).isIn("", shown.group());
    }

    @Override
    public String toString() {
        return tool + " " + mark;
    }
}
