package org.ehrhub.server.adversarial;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.policy.Approvals;

/** Somebody who approves whatever they are asked, before they have read it. */
final class Agreeable implements Approvals {
    private final Map<String, Held> agreed = new ConcurrentHashMap<>();

    @Override
    public Optional<Held> ask(Question question) {
        var held = new Held(question.digest(), question, State.APPROVED, "anybody", null);
        agreed.put(held.id(), held);
        return Optional.of(held);
    }

    @Override
    public Optional<Held> find(String id) {
        return Optional.ofNullable(agreed.get(id));
    }

    @Override
    public List<Held> waiting() {
        return List.of();
    }

    @Override
    public boolean decide(String id, Verdict verdict) {
        return false;
    }

    @Override
    public boolean take(String id, String digest, String principal, String writeKey) {
        return agreed.containsKey(id);
    }
}
