package org.ehrhub.fhir.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.TokenExchange.Tokens;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/**
 * A token that the hub fetches, kept until shortly before it expires. Many callers who need one at once wait for a single
 * fetch.
 */
final class TokenLogin implements Login {
    private static final Tokens NONE = new Tokens("", Instant.MIN, Optional.empty(), Optional.empty());

    private final Function<Instant, Tokens> source;
    private final Proof proof;
    private final InstantSource clock;
    private final VainLogins vain;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<Tokens> token = new AtomicReference<>(NONE);
    private final AtomicReference<Optional<String>> granted = new AtomicReference<>(Optional.empty());

    /**
     * A login without a token yet; the first call fetches it.
     *
     * @param source fetches a token until a deadline
     */
    TokenLogin(Function<Instant, Tokens> source, Proof proof, InstantSource clock) {
        this(source, proof, clock, new VainLogins(clock));
    }

    private TokenLogin(Function<Instant, Tokens> source, Proof proof, InstantSource clock, VainLogins vain) {
        this.source = source;
        this.proof = proof;
        this.clock = clock;
        this.vain = vain;
    }

    /** The hub's own login (RFC 6749, 4.4). */
    static TokenLogin ofHub(TokenExchange exchange, AskedScopes scopes, InstantSource clock) {
        var vain = new VainLogins(clock);
        return new TokenLogin(deadline -> fetch(exchange, scopes, vain, deadline), exchange.proof(), clock, vain);
    }

    @Override
    public String authorization(CallContext call) {
        var kept = token.get();
        if (clock.instant().isBefore(kept.until())) {
            return kept.header();
        }
        awaitTurn(call.deadline());
        try {
            kept = token.get();
            if (!clock.instant().isBefore(kept.until())) {
                kept = source.apply(call.deadline());
                take(kept);
            }
            return kept.header();
        } finally {
            fetching.unlock();
        }
    }

    /** Uses these from now on. */
    void take(Tokens tokens) {
        granted.set(tokens.scope());
        token.set(tokens);
    }

    @Override
    public boolean renew(CallContext call, String refused) {
        var kept = token.get();
        if (!kept.header().equals(refused)) {
            return true;
        }
        if (vain.tooMany()) {
            return false; // new tokens are refused as well
        }
        if (token.compareAndSet(kept, NONE)) {
            vain.note();
        }
        return true;
    }

    @Override
    public Optional<String> granted() {
        return granted.get();
    }

    @Override
    public Optional<String> publicKeys() {
        return proof.publicKeys();
    }

    /** Waits for whoever fetches a token, no longer than the caller can. */
    private void awaitTurn(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        try {
            if (!fetching.tryLock(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS)) {
                throw TokenExchange.unreachable(RetryAfter.LATER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TokenExchange.unreachable(RetryAfter.LATER);
        }
    }

    private static Tokens fetch(TokenExchange exchange, AskedScopes scopes, VainLogins vain, Instant deadline) {
        if (vain.tooMany()) {
            throw refused();
        }
        var form = new Proof.Form().add("grant_type", "client_credentials");
        var asked = scopes.words();
        if (!asked.isEmpty()) {
            form.add("scope", asked);
        }
        try {
            var tokens = exchange.ask(form, deadline);
            // What is not said is what was asked for (RFC 6749, 5.1).
            var scope = tokens.scope().or(() -> Optional.of(asked).filter(words -> !words.isBlank()));
            return new Tokens(tokens.header(), tokens.until(), scope, tokens.refresh());
        } catch (TokenExchange.Refused e) {
            vain.note();
            throw refused();
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.RATE_LIMITED) {
                vain.note();
            }
            throw e;
        }
    }

    private static EhrFailure refused() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "The EHR's login server gave the hub no token.",
                "Ask the hub's operator to check this EHR's credentials.");
    }
}
