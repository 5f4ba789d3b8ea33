package org.ehrhub.tools;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: the authenticated principal, never something the model says. Where an actor calls in somebody's name (RFC
 * 8693, 4.1), the principal is the person in whose name: roles, limits, approvals and logins are theirs.
 *
 * @param subject a stable name of the principal (token subject, or the operating-system user over stdio)
 * @param roles the roles the hub's policy knows it by
 * @param issuer who vouches for the subject, the issuer of its token; absent on this machine's own channels
 * @param client the program that calls for the principal, as the issuer knows it; absent on this machine's own channels
 * @param scopes what the token allows, in its own words (SMART App Launch 2.2, 3.0); empty without a token
 * @param patients the patients that the login is bound to, and no others; empty when it is bound to none
 * @param purpose why data is used, a code of HL7 v3 PurposeOfUse; absent where nobody said
 * @param emergency the closed chart that the person opens by this call, and why; absent where none is
 * @param actor who calls in the subject's name, in the words of the issuer who vouches for both; absent where the subject calls
 */
public record Caller(
        String subject,
        Set<String> roles,
        @Nullable String issuer,
        @Nullable String client,
        Set<String> scopes,
        Set<Reference> patients,
        @Nullable String purpose,
        @Nullable Emergency emergency,
        @Nullable String actor) {
    /** Takes copies. */
    public Caller {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
        patients = Set.copyOf(patients);
    }

    /** A caller who opens no closed chart. */
    public Caller(
            String subject,
            Set<String> roles,
            @Nullable String issuer,
            @Nullable String client,
            Set<String> scopes,
            Set<Reference> patients,
            @Nullable String purpose) {
        this(subject, roles, issuer, client, scopes, patients, purpose, null, null);
    }

    /** A caller on this machine's own channels. */
    public Caller(String subject, Set<String> roles) {
        this(subject, roles, null, null, Set.of(), Set.of(), null);
    }

    /** The same caller, who opens a closed chart by one call. */
    public Caller in(Emergency now) {
        return new Caller(subject, roles, issuer, client, scopes, patients, purpose, now, actor);
    }

    /** The same caller, in whose name another acts. */
    public Caller through(@Nullable String other) {
        return new Caller(subject, roles, issuer, client, scopes, patients, purpose, emergency, other);
    }

    /** The subject together with who vouches for it: two issuers may use one name for two people. */
    public String principal() {
        return vouchedFor(subject);
    }

    /** Who acts, together with who vouches for it: the actor where there is one, else the principal. */
    public String acting() {
        return vouchedFor(actor == null ? subject : actor);
    }

    /** The principal where another acts in its name. */
    public Optional<String> onBehalfOf() {
        return actor == null ? Optional.empty() : Optional.of(principal());
    }

    private String vouchedFor(String name) {
        return issuer == null ? name : issuer + "|" + name;
    }
}
