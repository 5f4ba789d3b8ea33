package org.ehrhub.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehrhub.policy.IdempotencyLedger;

/**
 * The idempotency ledger as a file of lines: {@code claim KEY DIGEST} and {@code OUTCOME KEY}. Each is on disk before the
 * call goes on. A write that was under way when the hub ended has an unknown outcome when it starts again.
 */
public final class FileLedger implements IdempotencyLedger, AutoCloseable {
    private static final Pattern LINE =
            Pattern.compile("(claim|DONE|NOT_DONE|UNKNOWN) ([0-9a-f]{64})(?: ([0-9a-f]{64}))?");

    private final AppendOnlyFile file;
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(String digest, Claim next) {}

    /** The ledger in this file, which is made if need be. */
    public FileLedger(Path file) {
        AppendOnlyFile.lines(file).forEach(this::replay);
        entries.replaceAll(
                (key, entry) -> entry.next() == Claim.RUNNING ? new Entry(entry.digest(), Claim.UNKNOWN) : entry);
        this.file = new AppendOnlyFile(file);
    }

    @Override
    public synchronized Claim claim(String key, String digest) {
        var known = entries.get(key);
        if (known != null && !known.digest().equals(digest)) {
            return Claim.OTHER_ARGUMENTS;
        }
        var answer = known == null ? Claim.NEW : known.next();
        if (answer == Claim.NEW || answer == Claim.UNKNOWN) {
            file.append("claim " + key + " " + digest, true);
            entries.put(key, new Entry(digest, Claim.RUNNING));
        }
        return answer;
    }

    @Override
    public synchronized void settle(String key, Outcome outcome) {
        file.append(outcome + " " + key, true);
        apply(key, outcome);
    }

    @Override
    public void close() {
        file.close();
    }

    private void replay(String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            return; // cut short by a crash before it was acknowledged to anybody
        }
        if (parts.group(1).equals("claim")) {
            entries.put(parts.group(2), new Entry(parts.group(3), Claim.RUNNING));
        } else {
            apply(parts.group(2), Outcome.valueOf(parts.group(1)));
        }
    }

    private void apply(String key, Outcome outcome) {
        switch (outcome) {
            case NOT_DONE -> entries.remove(key);
            case DONE -> entries.computeIfPresent(key, (k, entry) -> new Entry(entry.digest(), Claim.DONE));
            case UNKNOWN -> entries.computeIfPresent(key, (k, entry) -> new Entry(entry.digest(), Claim.UNKNOWN));
        }
    }
}
