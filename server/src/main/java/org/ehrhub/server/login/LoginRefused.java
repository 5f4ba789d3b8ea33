package org.ehrhub.server.login;

import org.jspecify.annotations.Nullable;

/** A request whose token does not do; the words are the hub's own and say nothing of the token. */
public final class LoginRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;

    private LoginRefused(int status, @Nullable String code, String words) {
        super(words, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** The request is malformed (RFC 6750 section 3.1). */
    static LoginRefused malformed(String words) {
        return new LoginRefused(400, "invalid_request", words);
    }

    static LoginRefused invalidToken() {
        return new LoginRefused(401, "invalid_token", "The token is not valid for this hub; log in again.");
    }

    static LoginRefused invalidToken(String words) {
        return new LoginRefused(401, "invalid_token", words);
    }

    /** The proof of possession is missing, wrong or used before (RFC 9449 section 7.1). */
    static LoginRefused invalidProof(String words) {
        return new LoginRefused(401, "invalid_dpop_proof", words);
    }

    static LoginRefused noToken() {
        return new LoginRefused(401, null, "Log in first: the request carries no token.");
    }

    /** Nobody's fault who calls: the login server's keys cannot be had. */
    static LoginRefused keysAway() {
        return new LoginRefused(503, null, "The keys of the login server cannot be had now; try again.");
    }

    /** Nobody's fault who calls: the login server does not say whether the token still holds. */
    static LoginRefused standingAway() {
        return new LoginRefused(503, null, "The login server cannot be asked about the token now; try again.");
    }

    /** The HTTP status that says so. */
    public int status() {
        return status;
    }

    @Nullable
    String code() {
        return code;
    }

    /** What is wrong and what to do, in the hub's words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
