package org.ehrhub.server.login;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.server.config.LoginSettings;
import org.ehrhub.server.mcp.Admission;
import org.ehrhub.server.mcp.Callers;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;

/**
 * Login over HTTP: each request carries an access token of a trusted issuer, also one from this machine. The token ends here;
 * it is neither logged nor passed on to an EHR, and kept only while a stream is open whose issuer is asked whether it still holds.
 */
public final class TokenLogin implements Callers {
    private final Tokens tokens;
    private final Challenges challenges;
    private final Set<String> always;
    private final Caller localUser;

    /** A login of these issuers; the operating-system user stays who they are at the local socket. */
    public TokenLogin(LoginSettings settings, Caller localUser, Clock clock) {
        this.tokens = new Tokens(settings, clock);
        this.challenges = new Challenges(settings);
        this.always = settings.scopes().always();
        this.localUser = localUser;
    }

    @Override
    public Admission admit(HttpServletRequest request) {
        try {
            var admitted = tokens.admitted(Credentials.of(request), request.getMethod());
            return admitted.caller().scopes().containsAll(always) ? admitted : insufficient(always);
        } catch (LoginRefused refused) {
            var challenges = refused.status() == 503 ? java.util.List.<String>of() : this.challenges.refused(refused);
            return new Admission.TurnedAway(refused.status(), challenges, refused.words());
        }
    }

    @Override
    public Optional<Admission.TurnedAway> stepUp(Caller caller, CanonicalTool<?, ?> tool) {
        var needed = challenges.needed(tool);
        return caller.scopes().containsAll(needed) ? Optional.empty() : Optional.of(insufficient(needed));
    }

    private Admission.TurnedAway insufficient(Set<String> needed) {
        return new Admission.TurnedAway(
                403,
                challenges.insufficient(needed),
                "The token was not granted what this needs: log in again and ask for " + String.join(" ", needed)
                        + ".");
    }

    @Override
    public Map<String, String> documents() {
        return challenges.documents();
    }

    @Override
    public Caller localUser() {
        return localUser;
    }
}
