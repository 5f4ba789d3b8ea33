package org.ehrhub.medplum.agents;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The receivers of one EHR by their names, and the hub's references to messages that went to them. */
final class Receivers {
    private static final String TYPE = "Message";

    private final String ehr;
    private final Map<String, AgentSettings> byName;

    Receivers(String ehr, Map<String, AgentSettings> byName) {
        this.ehr = ehr;
        this.byName = new TreeMap<>(byName);
    }

    /** One receiver under its name. */
    record Receiver(String name, AgentSettings settings) {}

    /** A message that went to a receiver, or was to go there. */
    record Addressed(Receiver receiver, String controlId) {}

    /**
     * The receiver that a caller names; the only one where none is named.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when there is none of that name, or several and no name
     */
    Receiver named(@Nullable String name) {
        if (name == null && byName.size() == 1) {
            return receiver(byName.keySet().iterator().next());
        }
        if (name == null || !byName.containsKey(name)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`destination` must name one of this EHR's receivers; nothing was sent.",
                    "They are: " + String.join(", ", byName.keySet()) + ".");
        }
        return receiver(name);
    }

    /** The hub's reference to a message. */
    Reference reference(Addressed message) {
        var key = message.receiver().name() + "/" + message.controlId();
        return new Reference(
                ehr,
                TYPE,
                Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * What a reference points at.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is of another EHR, or none that the hub gave
     */
    Addressed of(Reference reference) {
        if (!reference.ehr().equals(ehr)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`message` is a reference into another EHR.",
                    "Pass a reference that starts with " + ehr + "/.");
        }
        return key(reference.id())
                .filter(key -> byName.containsKey(key[0]))
                .map(key -> new Addressed(receiver(key[0]), key[1]))
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.INVALID_INPUT,
                        "`message` does not point at a message to one of this EHR's receivers.",
                        "Pass the reference exactly as hl7v2.send returned it."));
    }

    private static Optional<String[]> key(String id) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8).split("/", 2);
            return parts.length == 2 && !parts[1].isEmpty() ? Optional.of(parts) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Receiver receiver(String name) {
        var settings = byName.get(name);
        if (settings == null) {
            throw new IllegalArgumentException("No such receiver");
        }
        return new Receiver(name, settings);
    }
}
