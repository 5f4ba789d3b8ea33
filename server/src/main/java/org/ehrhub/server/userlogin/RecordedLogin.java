package org.ehrhub.server.userlogin;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;

/**
 * Keeps it on the record that a user connects an account of an EHR to the hub, or ends that: before it is done and after. What
 * cannot be recorded is not done.
 */
public final class RecordedLogin implements UserLogin {
    private static final String CONNECT = "ehr-login.create";
    private static final String END = "ehr-login.cancel";

    private final UserLogin login;
    private final String ehr;
    private final AuditTrail audit;
    private final InstantSource clock;

    /** The login of this EHR, recorded in this trail. */
    public RecordedLogin(UserLogin login, String ehr, AuditTrail audit, InstantSource clock) {
        this.login = login;
        this.ehr = ehr;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public URI begin(Attempt attempt, Instant deadline) {
        return login.begin(attempt, deadline);
    }

    @Override
    public void finish(String principal, Code code, Instant deadline) {
        recorded(CONNECT, principal, () -> login.finish(principal, code, deadline));
    }

    @Override
    public boolean has(String principal) {
        return login.has(principal);
    }

    @Override
    public void end(String principal) {
        recorded(END, principal, () -> login.end(principal));
    }

    private void recorded(String what, String principal, Runnable work) {
        var id = UUID.randomUUID().toString();
        audit.keep(entry(id, Stage.BEFORE_WRITE, principal, what, ""));
        try {
            work.run();
        } catch (EhrFailure e) {
            audit.keep(entry(id, Stage.AFTER_WRITE, principal, what, ehr + "=" + e.code()));
            throw e;
        }
        audit.keep(entry(id, Stage.AFTER_WRITE, principal, what, ehr + "=ok"));
    }

    private Entry entry(String id, Stage stage, String principal, String what, String outcome) {
        return new Entry(clock.instant(), id, stage, principal, what, List.of(ehr), "", outcome, Circumstances.UNKNOWN);
    }
}
