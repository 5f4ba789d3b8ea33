package org.ehrhub.server;

import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.ehrhub.server.approvals.ApproverDoor;
import org.ehrhub.server.approvals.OneTimeLinks;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.server.login.ApproverLogin;
import org.ehrhub.server.login.TokenLogin;
import org.ehrhub.server.mcp.Callers;

/** Who calls a hub of this configuration: whoever logs in, where there is a login, else the one caller that it names. */
public final class HubCallers {
    private HubCallers() {}

    /** Without a login, none of what checks tokens is loaded. */
    public static Callers of(HubConfig settings) {
        var local = settings.caller().callers();
        var login = settings.login();
        return login == null ? local : new TokenLogin(login, local.localUser(), Clock.systemUTC());
    }

    /** How people come in who approve: by one-time links, and by a login where one is configured for them. */
    public static ApproverDoor approvers(HubConfig settings) {
        var clock = Clock.systemUTC();
        var login = settings.login();
        var client = login == null ? null : login.approvers();
        var people = login == null || client == null
                ? null
                : login.approverIssuer()
                        .map(issuer -> new ApproverLogin(issuer, client, login.approverCallback(), clock))
                        .orElse(null);
        var isHttps = settings.server().tls() != null
                || (login != null && "https".equals(login.resource().getScheme()));
        return new ApproverDoor(
                settings.caller().callers().localUser(),
                new OneTimeLinks(clock),
                people,
                login == null
                        ? Set.of()
                        : Set.of(login.resource().getRawAuthority().toLowerCase(Locale.ROOT)),
                isHttps,
                clock);
    }
}
