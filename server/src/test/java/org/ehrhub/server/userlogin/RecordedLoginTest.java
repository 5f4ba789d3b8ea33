package org.ehrhub.server.userlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.Test;

class RecordedLoginTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final List<String> happened = new ArrayList<>();
    private boolean refusing;
    private boolean broken;
    private final RecordedLogin login = new RecordedLogin(new Practice(), "practice", new Trail(), () -> NOW);

    private final class Trail implements AuditTrail {
        @Override
        public void keep(Entry entry) {
            if (broken) {
                throw new UncheckedIOException(new IOException("full"));
            }
            happened.add(String.join(
                    " ",
                    entry.stage().name(),
                    entry.principal(),
                    entry.tool(),
                    entry.ehrs().toString(),
                    entry.outcome()));
        }

        @Override
        public void close() {}
    }

    private final class Practice implements UserLogin {
        @Override
        public URI begin(Attempt attempt, Instant deadline) {
            return attempt.redirect();
        }

        @Override
        public void finish(String principal, Code code, Instant deadline) {
            happened.add("finished");
            if (refusing) {
                throw new EhrFailure(ErrorCode.DENIED, "No.", "Try again.");
            }
        }

        @Override
        public boolean has(String principal) {
            return true;
        }

        @Override
        public void end(String principal) {
            happened.add("ended");
        }
    }

    private void finish() {
        var secret = Secret.from(() -> "c0de");
        login.finish("ann", new UserLogin.Code(URI.create("https://hub.example"), secret, secret), NOW);
    }

    @Test
    void whatIsDoneIsRecordedBeforeAndAfter() {
        finish();
        login.end("ann");

        assertThat(happened)
                .containsExactly(
                        "BEFORE_WRITE ann ehr-login.create [practice] ",
                        "finished",
                        "AFTER_WRITE ann ehr-login.create [practice] practice=ok",
                        "BEFORE_WRITE ann ehr-login.cancel [practice] ",
                        "ended",
                        "AFTER_WRITE ann ehr-login.cancel [practice] practice=ok");
    }

    @Test
    void aLoginThatTheEhrRefusesIsRecordedAsThat() {
        refusing = true;

        assertThatThrownBy(this::finish).isInstanceOf(EhrFailure.class);
        assertThat(happened).last().isEqualTo("AFTER_WRITE ann ehr-login.create [practice] practice=DENIED");
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        broken = true;

        assertThatThrownBy(this::finish).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> login.end("ann")).isInstanceOf(UncheckedIOException.class);
        assertThat(happened).isEmpty();
    }
}
