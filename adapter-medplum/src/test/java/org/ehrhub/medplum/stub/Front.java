package org.ehrhub.medplum.stub;

import ca.uhn.fhir.parser.DataFormatException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything between a request and its answer but HTTP itself: limits, login, the parts of the server, refusals. */
final class Front {
    private static final int LARGEST = 1_000_000;
    private static final String FHIR = "/fhir/R4";

    private final Limits limits;
    private final Logins logins;
    private final Discovery discovery;
    private final TokenDesk tokens;
    private final AccountDesk accounts;
    private final Storage storage;
    private final BotDesk bots;
    private final FhirRouter fhir;
    private final Places places;

    Front(Rooms rooms, FhirRouter fhir, BotDesk bots, Storage storage) {
        this.limits = rooms.limits();
        this.logins = rooms.logins();
        this.discovery = new Discovery(rooms.places());
        this.tokens = new TokenDesk(rooms.places(), rooms.project(), rooms.logins());
        this.accounts = new AccountDesk(rooms.project(), rooms.logins());
        this.places = rooms.places();
        this.fhir = fhir;
        this.bots = bots;
        this.storage = storage;
    }

    /** What every part shares. */
    record Rooms(Places places, Project project, Logins logins, Limits limits) {}

    /**
     * An answer.
     *
     * @param limits the values of its {@code RateLimit} headers; none where it has none
     */
    record Answered(Said said, List<String> limits) {}

    Answered answer(Asked asked) {
        var login = asked.path().startsWith("/oauth2/");
        var charged = new AtomicReference<@Nullable Client>();
        try {
            limits.request(login);
        } catch (Refused e) {
            return new Answered(Said.json(429, e.outcome()), limits.headers(login, null));
        }
        try {
            return new Answered(said(asked, charged), limits.headers(login, charged.get()));
        } catch (DateTimeException | IllegalArgumentException | DataFormatException e) {
            // Medplum makes a bad request of whatever its code throws at what it was sent.
            return new Answered(
                    refused(Refused.bad(String.valueOf(e.getMessage())), asked), limits.headers(login, charged.get()));
        } catch (Refused e) {
            var said = refused(e, asked);
            var onBehalf = e.outcome().toString().contains("OperationOutcomeError: ");
            return new Answered(said, onBehalf ? List.of() : limits.headers(login, charged.get()));
        }
    }

    private Said refused(Refused refused, Asked asked) {
        var said = Said.outcome(refused.outcome(), asked);
        if (refused.status() != 401) {
            return said;
        }
        var basic = asked.header("Authorization").filter(value -> value.startsWith("Basic "));
        return said.with(
                "WWW-Authenticate", (basic.isPresent() ? "Basic" : "Bearer") + " realm=\"" + places.base() + "\"");
    }

    private Said said(Asked asked, AtomicReference<@Nullable Client> charged) {
        if (asked.body().length > LARGEST) {
            throw Refused.tooLarge();
        }
        var path = asked.path();
        Optional<Said> open = discovery.answer(asked);
        if (open.isPresent()) {
            return open.get();
        }
        if (path.startsWith("/oauth2/")) {
            return tokens.answer(asked);
        }
        if (path.equals("/auth/me")) {
            return accounts.me(asked);
        }
        if (path.startsWith("/storage/")) {
            return storage.presigned(asked);
        }
        if (path.matches("/admin/projects/[^/]+/bot") && asked.method().equals("POST")) {
            return with(asked, charged, bots::adminCreate);
        }
        return path.equals(FHIR) || path.startsWith(FHIR + "/")
                ? fhir(asked.under(FHIR), charged)
                : Said.nothingThere(asked);
    }

    private Said fhir(Asked asked, AtomicReference<@Nullable Client> charged) {
        return fhir.open(asked).orElseGet(() -> with(asked, charged, fhir::answer));
    }

    private Said with(Asked asked, AtomicReference<@Nullable Client> charged, Function<Call, Said> work) {
        var call = new Call(asked, logins.session(asked), limits);
        try {
            return work.apply(call);
        } finally {
            if (call.charged()) {
                charged.set(call.session().account().client());
            }
        }
    }
}
