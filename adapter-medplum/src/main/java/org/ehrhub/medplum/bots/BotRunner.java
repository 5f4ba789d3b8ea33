package org.ehrhub.medplum.bots;

import java.time.Duration;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.tools.CallContext;

/** Runs bots, and waits for those that run as jobs as long as the call lasts. */
final class BotRunner {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration SPARE = Duration.ofSeconds(1);

    private final FhirServer server;
    private final BotDesk desk;
    private final StartedJobs jobs = new StartedJobs();

    BotRunner(FhirServer server) {
        this.server = server;
        this.desk = new BotDesk(server);
    }

    BotDesk desk() {
        return desk;
    }

    /**
     * Runs a bot, once.
     *
     * @return what it answered; empty where it still runs
     * @throws EhrFailure when it failed; {@code OUTCOME_UNKNOWN} where it may have changed something
     */
    Optional<BotSaid> run(BotSettings settings, OwnRequest.Body body, CallContext call) {
        var bot = desk.find(settings, call);
        return switch (desk.run(bot, settings, body, call)) {
            case BotDesk.Run.Answered(var said) -> Optional.of(said);
            case BotDesk.Run.Job(var id) -> {
                if (call.writeKeyOrNull() != null) {
                    jobs.began(call.writeKeyOrNull(), id);
                }
                yield awaited(id, settings.onlyReads(), call);
            }
        };
    }

    /** The job that ran a bot under a key, as far as this process knows. */
    Optional<String> job(String key) {
        return jobs.find(key);
    }

    private Optional<BotSaid> awaited(String job, boolean reads, CallContext call) {
        var pause = FIRST;
        while (paused(pause, call)) {
            var said = looked(job, reads, call);
            if (said.isPresent()) {
                return said;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
        return Optional.empty();
    }

    /** An EHR that does not answer for the moment may do so at the next look. */
    private Optional<BotSaid> looked(String job, boolean reads, CallContext call) {
        try {
            return desk.told(job, reads, call);
        } catch (EhrFailure e) {
            if (e.code().retryable()) {
                return Optional.empty();
            }
            throw BotFailures.failed(reads);
        }
    }

    private boolean paused(Duration pause, CallContext call) {
        if (call.remaining(server.clock()).compareTo(pause.plus(SPARE)) < 0) {
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
