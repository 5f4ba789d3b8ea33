package org.ehrhub.server.config;

import java.net.InetAddress;
import java.util.Map;
import org.ehrhub.server.config.LoginSettings.Issuer;

/** What holds between the parts of a configuration: who can reach the hub, how they prove who they are, over what line. */
final class ReachRules {
    private final HubConfig settings;
    private final YamlValue.Keys keys;
    private final Problems problems;

    ReachRules(HubConfig settings, YamlValue.Keys keys, Problems problems) {
        this.settings = settings;
        this.keys = keys;
        this.problems = problems;
    }

    void check() {
        var server = settings.server();
        if (settings.login() == null && !server.isLocal()) {
            add(
                    "must be 127.0.0.1, ::1 or localhost: there is no `login`, so nobody else may reach the hub",
                    "server",
                    "address");
        } else if (!server.isLocal() && !isLiteral(server.address())) {
            add("must be an address in figures, such as 192.0.2.7 or 0.0.0.0, or localhost", "server", "address");
        } else if (!server.isLocal()
                && server.tls() == null
                && server.trustedProxy().isEmpty()) {
            add(
                    "needs `tls`, or `trusted-proxy` that ends TLS: tokens and charts must not cross a network in the clear",
                    "server",
                    "address");
        }
        var login = settings.login();
        if (login != null) {
            login.issuers().forEach(this::checkEhr);
        }
    }

    private void checkEhr(Issuer issuer) {
        var ehr = issuer.patient().ehr();
        var known = settings.ehrs().keySet();
        if (ehr != null && !known.contains(ehr)) {
            add(
                    "holds a `patient: ehr` that is no EHR of this configuration; " + Spelling.suggest(ehr, known),
                    "login",
                    "issuers");
        }
    }

    static boolean isLiteral(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void add(String words, String group, String key) {
        var inside = keys.entries().get(group) instanceof YamlValue.Keys(var place, var entries)
                ? entries
                : Map.<String, YamlValue>of();
        var value = inside.get(key);
        var place = value == null
                ? keys.place().child(group + "." + key, keys.place().line())
                : value.place();
        problems.add(place, words);
    }
}
