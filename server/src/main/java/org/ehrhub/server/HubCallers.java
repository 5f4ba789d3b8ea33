package org.ehrhub.server;

import java.time.Clock;
import org.ehrhub.server.config.HubConfig;
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
}
