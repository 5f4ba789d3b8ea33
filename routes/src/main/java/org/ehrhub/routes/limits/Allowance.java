package org.ehrhub.routes.limits;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.ehrhub.policy.Digests;
import org.ehrhub.policy.WriteCounts;
import org.ehrhub.policy.WriteCounts.Quota;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.tools.ErrorCode;

/**
 * What is left of a day's writes and rows, of a caller and of an EHR; days are UTC. Writes are counted in the store. Rows guard
 * no chart from change, so they are counted in memory and begin anew with the hub.
 */
public final class Allowance {
    private static final int NEARLY = 5;

    private final Share caller;
    private final EhrShares ehrs;
    private final WriteCounts writes;
    private final InstantSource clock;
    private final LatelyUsed<Rows> rows = new LatelyUsed<>(Rows::new, one -> true);
    private final LongAdder refusedWrites = new LongAdder();
    private final LongAdder refusedRows = new LongAdder();

    /** The same for each caller, and what is each EHR's own. */
    public Allowance(Share caller, EhrShares ehrs, WriteCounts writes, InstantSource clock) {
        this.caller = caller;
        this.ehrs = ehrs;
        this.writes = writes;
        this.clock = clock;
    }

    /** The rows of one day. */
    private static final class Rows {
        private LocalDate day = LocalDate.MIN;
        private long shown;

        synchronized long on(LocalDate today) {
            if (!day.equals(today)) {
                day = today;
                shown = 0;
            }
            return shown;
        }

        synchronized void add(LocalDate today, long more) {
            shown = on(today) + more;
        }
    }

    /**
     * A write that is counted.
     *
     * @param day when
     * @param quotas under which names
     */
    public record Counted(LocalDate day, List<Quota> quotas) {}

    /**
     * Counts a write that is about to be sent.
     *
     * @throws CallRefused {@code RATE_LIMITED} when the caller, or the EHR, has had its writes for today
     */
    public Counted write(String principal, String toEhr) {
        var counted = new Counted(today(), quotas(principal, toEhr));
        if (!counted.quotas().isEmpty()) {
            writes.take(counted.day(), counted.quotas()).ifPresent(full -> {
                refusedWrites.increment();
                throw full("writes", full.equals(name(toEhr)) ? "of `" + toEhr + "`" : "of yours");
            });
        }
        return counted;
    }

    /** Takes back a write that was not sent after all. */
    public void notSent(Counted counted) {
        if (!counted.quotas().isEmpty()) {
            writes.giveBack(counted.day(), counted.quotas());
        }
    }

    /**
     * Lets a caller read on.
     *
     * @throws CallRefused {@code RATE_LIMITED} when the caller, or the EHR, has shown its rows for today
     */
    public void read(String principal, List<String> fromEhrs) {
        if (isOver(caller.rowsPerDay(), principalName(principal))) {
            refusedRows.increment();
            throw full("rows", "of yours");
        }
        fromEhrs.stream()
                .filter(one -> isOver(ehrs.of(one).rowsPerDay(), name(one)))
                .findFirst()
                .ifPresent(one -> {
                    refusedRows.increment();
                    throw full("rows", "of `" + one + "`");
                });
    }

    private boolean isOver(int most, String name) {
        return most > 0 && rows.of(name).on(today()) >= most;
    }

    /** Counts rows that a caller was shown. */
    public void shown(String principal, Map<String, Integer> byEhr) {
        var day = today();
        if (caller.rowsPerDay() > 0) {
            rows.of(principalName(principal))
                    .add(
                            day,
                            byEhr.values().stream().mapToInt(Integer::intValue).sum());
        }
        byEhr.forEach((one, shown) -> {
            if (ehrs.of(one).rowsPerDay() > 0) {
                rows.of(name(one)).add(day, shown);
            }
        });
    }

    /** What a caller should know because little is left: of writes or rows, a fifth or less. */
    public Stream<String> nearlyUp(String principal, String toEhr) {
        var day = today();
        var ehr = ehrs.of(toEhr);
        var counted = Stream.of(
                        left(
                                "writes",
                                "yours",
                                caller.writesPerDay(),
                                () -> writes.used(day, principalName(principal))),
                        left("writes", "this EHR's", ehr.writesPerDay(), () -> writes.used(day, name(toEhr))),
                        left(
                                "rows",
                                "yours",
                                caller.rowsPerDay(),
                                () -> rows.of(principalName(principal)).on(day)),
                        left(
                                "rows",
                                "this EHR's",
                                ehr.rowsPerDay(),
                                () -> rows.of(name(toEhr)).on(day)))
                .flatMap(Optional::stream);
        return counted;
    }

    private interface Used {
        long soFar();
    }

    private static Optional<String> left(String what, String whose, int most, Used used) {
        if (most == 0) {
            return Optional.empty();
        }
        var left = Math.max(0, most - used.soFar());
        return left * NEARLY > most
                ? Optional.empty()
                : Optional.of("%d of %d %s of %s are left today".formatted(left, most, what, whose));
    }

    private CallRefused full(String what, String whose) {
        var wait = Duration.between(
                clock.instant(), today().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        return new CallRefused(
                ErrorCode.RATE_LIMITED,
                "Today's " + what + " " + whose + " are used up",
                "Nothing was sent. It goes on after 00:00 UTC, in " + Math.max(1, wait.toMinutes())
                        + " minutes; whoever runs the hub sets `limits`.");
    }

    private List<Quota> quotas(String principal, String toEhr) {
        return Stream.of(
                        new Quota(principalName(principal), caller.writesPerDay()),
                        new Quota(name(toEhr), ehrs.of(toEhr).writesPerDay()))
                .filter(quota -> quota.most() > 0)
                .toList();
    }

    /** Short, whatever an issuer calls its subjects. */
    private static String principalName(String principal) {
        return Digests.sha256("caller", principal);
    }

    private static String name(String ehr) {
        return "ehr " + ehr;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** How many writes were refused because a day's were used up. */
    public long refusedWrites() {
        return refusedWrites.sum();
    }

    /** How many calls were refused because a day's rows were used up. */
    public long refusedRows() {
        return refusedRows.sum();
    }
}
