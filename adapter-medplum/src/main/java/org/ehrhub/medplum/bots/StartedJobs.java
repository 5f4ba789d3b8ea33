package org.ehrhub.medplum.bots;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The jobs that this process had bots run as, the newest ones, by the key of the write that each is. */
final class StartedJobs {
    private static final int MOST = 10_000;

    private final Map<String, String> jobs = new LinkedHashMap<>();

    synchronized void began(String key, String job) {
        jobs.put(key, job);
        if (jobs.size() > MOST) {
            jobs.remove(jobs.keySet().iterator().next());
        }
    }

    synchronized Optional<String> find(String key) {
        return Optional.ofNullable(jobs.get(key));
    }
}
