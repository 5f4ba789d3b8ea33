package org.ehrhub.medplum.stub;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The agents of the stub, whether they are connected, and the receivers that they reach. */
public final class Agents {
    static final String SYSTEM = "https://stub.example/agent";

    private final Archive archive;
    private final Map<String, Boolean> connected = new ConcurrentHashMap<>();
    private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();

    Agents(Archive archive) {
        this.archive = archive;
    }

    /**
     * An agent that is connected, and its id.
     *
     * @param name its name, and the value of its identifier in the system {@code https://stub.example/agent}
     */
    public String add(String name) {
        var id = addUnconnected(name);
        connected.put(id, true);
        return id;
    }

    /** An agent that never was connected, and its id. */
    public String addUnconnected(String name) {
        var agent = Json.resource("Agent")
                .put("id", Archive.newId())
                .put("name", name)
                .put("status", "active");
        agent.putArray("identifier").addObject().put("system", SYSTEM).put("value", name);
        archive.put(agent);
        return Json.id(agent);
    }

    /** Connects an agent or takes it off the line. */
    public void connect(String agent, boolean on) {
        connected.put(agent, on);
    }

    /** Sets the status of the Agent: {@code active}, {@code off} or {@code error}. */
    public void status(String agent, String status) {
        var changed =
                archive.find("Agent/" + agent).orElseThrow(Refused::notFound).deepCopy();
        archive.put(changed.put("status", status));
    }

    /**
     * The receiver at an address, which listens from now on.
     *
     * @param url as in {@code mllp://lab.example:2575}
     */
    public Receiver receiver(String url) {
        return receivers.computeIfAbsent(address(url), at -> new Receiver());
    }

    /** A Device to push to at an address, and its reference as in {@code Device/1}. */
    public String device(String url) {
        var device = Json.resource("Device").put("id", Archive.newId()).put("status", "active");
        if (!url.isEmpty()) {
            device.put("url", url);
        }
        archive.put(device);
        return Json.address(device);
    }

    boolean isConnected(String agent) {
        return connected.getOrDefault(agent, false);
    }

    Optional<Receiver> at(String url) {
        return Optional.ofNullable(receivers.get(address(url)));
    }

    /** Host and port, as in {@code lab.example:2575}. */
    static String address(String url) {
        return url.replaceFirst("^mllp://", "").split("[/?]", 2)[0];
    }

    ObjectNode status(String agent) {
        var on = connected.get(agent);
        if (on == null) {
            return Json.parameters(
                    Json.parameter("status").put("valueCode", "unknown"),
                    Json.parameter("version").put("valueString", "unknown"));
        }
        return Json.parameters(
                Json.parameter("status").put("valueCode", on ? "connected" : "disconnected"),
                Json.parameter("version").put("valueString", Discovery.VERSION),
                Json.parameter("lastUpdated")
                        .put("valueInstant", Kept.moment(archive.clock().instant())));
    }
}
