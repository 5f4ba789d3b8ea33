package org.ehrhub.server.config;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.routes.limits.EhrShares;
import org.ehrhub.routes.limits.Share;
import org.jspecify.annotations.Nullable;

/**
 * How much may be used; 0 sets no limit.
 *
 * @param caller what one caller may use
 * @param ehr what all calls of one EHR may use, unless it has limits of its own
 */
public record LimitSettings(
        @Default("") Caller caller, @Default("") Ehr ehr) {
    /**
     * What one caller may use, on all EHRs together.
     *
     * @param atOnce calls under way
     * @param callsPerSecond calls a second
     * @param writesPerDay writes that are sent in a day, UTC; the count is kept in the store
     * @param rowsPerDay rows that are shown in a day, UTC; the count begins anew when the hub starts
     */
    public record Caller(
            @Default("32") int atOnce,
            @Default("50") int callsPerSecond,
            @Default("1000") int writesPerDay,
            @Default("50000") int rowsPerDay) {
        /** Checks the numbers. */
        public Caller {
            check(atOnce, callsPerSecond, writesPerDay, rowsPerDay);
        }

        private Share share() {
            return new Share(atOnce, callsPerSecond, writesPerDay, rowsPerDay);
        }
    }

    /**
     * What all calls of one EHR may use; of calls at once and a second, no caller gets more than is left for others.
     *
     * @param atOnce calls under way
     * @param callsPerSecond calls a second
     * @param writesPerDay writes that are sent in a day, UTC
     * @param rowsPerDay rows that are shown in a day, UTC
     */
    public record Ehr(
            @Default("64") int atOnce,
            @Default("0") int callsPerSecond,
            @Default("0") int writesPerDay,
            @Default("0") int rowsPerDay) {
        /** Checks the numbers. */
        public Ehr {
            check(atOnce, callsPerSecond, writesPerDay, rowsPerDay);
        }
    }

    /**
     * What all calls of one EHR may use, where that is not what those of any may; what is left out is as for any.
     *
     * @param atOnce calls under way
     * @param callsPerSecond calls a second
     * @param writesPerDay writes that are sent in a day, UTC
     * @param rowsPerDay rows that are shown in a day, UTC
     */
    public record OwnOfEhr(
            @Nullable Integer atOnce,
            @Nullable Integer callsPerSecond,
            @Nullable Integer writesPerDay,
            @Nullable Integer rowsPerDay) {
        /** As for any EHR. */
        static final OwnOfEhr NONE = new OwnOfEhr(null, null, null, null);

        /** Checks the numbers. */
        public OwnOfEhr {
            check(either(atOnce, 0), either(callsPerSecond, 0), either(writesPerDay, 0), either(rowsPerDay, 0));
        }

        private Share over(Ehr any) {
            return new Share(
                    either(atOnce, any.atOnce()),
                    either(callsPerSecond, any.callsPerSecond()),
                    either(writesPerDay, any.writesPerDay()),
                    either(rowsPerDay, any.rowsPerDay()));
        }

        private static int either(@Nullable Integer own, int any) {
            return own == null ? any : own;
        }
    }

    private static void check(int... numbers) {
        if (IntStream.of(numbers).anyMatch(number -> number < 0)) {
            throw new IllegalArgumentException("limits must not be negative; 0 sets no limit");
        }
    }

    /** What one caller may use. */
    public Share ofCaller() {
        return caller.share();
    }

    /** What all calls of each of these EHRs may use. */
    public EhrShares ofEhrs(Map<String, EhrSettings> ehrs) {
        return new EhrShares(
                OwnOfEhr.NONE.over(ehr),
                ehrs.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey,
                                one -> one.getValue().limits().over(ehr))));
    }
}
