package org.ehrhub.server.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds between the channels of a configuration: their names, who hands to whom, and who may send to the hub. */
final class ChannelRules {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final Map<String, ChannelSettings> channels;
    private final YamlValue.Keys keys;
    private final Problems problems;

    ChannelRules(Map<String, ChannelSettings> channels, YamlValue.Keys keys, Problems problems) {
        this.channels = channels;
        this.keys = keys;
        this.problems = problems;
    }

    void check() {
        var ports = new HashMap<Integer, String>();
        channels.forEach((name, channel) -> {
            if (!NAME.matcher(name).matches()) {
                add(
                        "is no name for a channel; start with a letter and use at most 64 of lower-case letters, digits and -",
                        name);
            }
            checkReceiver(name, channel, ports);
            checkNext(name, channel);
        });
    }

    private void checkReceiver(String name, ChannelSettings channel, Map<Integer, String> ports) {
        var receive = channel.receive();
        if (receive == null) {
            return;
        }
        var other = ports.putIfAbsent(receive.port(), name);
        if (other != null) {
            add("is the port of channel " + other + " as well; give each its own", name, "receive", "port");
        }
        if (!receive.knowsItsSenders() && !ServerSettings.isLoopback(receive.address())) {
            add(
                    "is open to the network: say who may send, by `senders` or `client-certificate`; or listen at 127.0.0.1",
                    name,
                    "receive",
                    "address");
        }
    }

    private void checkNext(String name, ChannelSettings channel) {
        for (var next : channel.to()) {
            if (!channels.containsKey(next)) {
                add("names a channel that is not there; " + Spelling.suggest(next, channels.keySet()), name, "to");
            }
        }
        if (leadsBack(name)) {
            add("leads back to this channel, so that a message would go round for ever", name, "to");
        }
    }

    private boolean leadsBack(String name) {
        var seen = new HashSet<String>();
        var waiting = new HashSet<>(next(name));
        while (!waiting.isEmpty()) {
            var one = waiting.iterator().next();
            waiting.remove(one);
            if (seen.add(one)) {
                waiting.addAll(next(one));
            }
        }
        return seen.contains(name);
    }

    private Set<String> next(String name) {
        var channel = channels.get(name);
        return channel == null ? Set.of() : channel.to();
    }

    /** At the deepest of these keys that the file has. */
    private void add(String words, String... path) {
        var at = child(keys, "channels");
        for (var key : path) {
            at = child(at, key);
        }
        problems.add(at.place(), words);
    }

    private static YamlValue child(YamlValue parent, String key) {
        var found = parent instanceof YamlValue.Keys group ? group.entries().get(key) : null;
        return found == null
                ? new YamlValue.Empty(parent.place().child(key, parent.place().line()))
                : found;
    }
}
