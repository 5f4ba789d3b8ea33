package org.ehrhub.fhir.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.ehrhub.fhir.client.Needs.Need;

/** What a server answered that it cannot do, whatever it says of itself; forgotten after a while, or when it does it. */
final class Refusals {
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Pattern TARGET = Pattern.compile(
            "/?(?:([A-Z][A-Za-z]+)(/[^/?$_][^/?]*)?)?(?:/?(\\$[a-z][A-Za-z0-9-]*))?(?:/_search)?(?:\\?.*)?");

    /** A terminology service answers so as well when it does not know a code or a value set. */
    private static final Set<String> ABOUT_CODES = Set.of("$lookup", "$expand", "$validate-code", "$translate");

    private final String basePath;
    private final InstantSource clock;
    private final Map<Need, Instant> until = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    Refusals(URI base, InstantSource clock) {
        this.basePath = base.getRawPath();
        this.clock = clock;
    }

    /** Takes note of how a request was answered. */
    void note(Sending sending) {
        int status = sending.answered().status();
        if (status >= 200 && status < 300 && !until.isEmpty()) {
            need(sending).filter(need -> until.remove(need) != null).ifPresent(need -> changes.incrementAndGet());
        } else if (status == 404 || status == 405 || status == 501) {
            need(sending)
                    .filter(need -> status != 404 || !mayBeOfARecord(sending, need))
                    .ifPresent(need -> {
                        until.put(need, clock.instant().plus(KEPT));
                        changes.incrementAndGet();
                    });
        }
    }

    /** Whether the server has refused this lately. */
    boolean holds(Need need) {
        var end = until.get(need);
        if (end == null) {
            return false;
        }
        if (clock.instant().isBefore(end)) {
            return true;
        }
        if (until.remove(need, end)) {
            changes.incrementAndGet();
        }
        return false;
    }

    /** A number that is another one after each change. */
    long changes() {
        until.keySet().forEach(this::holds);
        return changes.get();
    }

    /** Where one record is asked for, or a transaction names one, 404 says that the record is not there. */
    private boolean mayBeOfARecord(Sending sending, Need need) {
        var target = TARGET.matcher(under(sending.target()));
        return sending.kind() == Interaction.TRANSACTION
                || ABOUT_CODES.contains(need.word())
                || (target.matches() && target.group(2) != null);
    }

    private Optional<Need> need(Sending sending) {
        var target = TARGET.matcher(under(sending.target()));
        if (!target.matches()) {
            return Optional.empty();
        }
        var type = target.group(1) == null ? "" : target.group(1);
        var word = switch (sending.kind()) {
            case READ -> "read";
            case SEARCH, POSTED_SEARCH -> "search-type";
            case CREATE -> "create";
            case UPDATE -> "update";
            case PATCH -> "patch";
            case DELETE -> "delete";
            case TRANSACTION -> "transaction";
            case OPERATION, ACTION, LISTING -> target.group(3);
            case PAGE, BINARY, ATTACHMENT, TOKEN, STATEMENT, SMART, OWN_READ, OWN_ACTION -> null;
        };
        return word == null ? Optional.empty() : Optional.of(new Need(type, word));
    }

    private String under(String target) {
        return target.startsWith(basePath) ? target.substring(basePath.length()) : "";
    }
}
