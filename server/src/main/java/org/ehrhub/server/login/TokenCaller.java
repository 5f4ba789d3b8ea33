package org.ehrhub.server.login;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.Purposes;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who a token of one issuer speaks of. What it says and the hub cannot honour is refused, never left out. */
final class TokenCaller {
    private static final Pattern PATIENT = Pattern.compile("(?:.*/)?Patient/([^/]+)");

    private final Issuer issuer;

    TokenCaller(Issuer issuer) {
        this.issuer = issuer;
    }

    Caller of(Jwt token) throws LoginRefused {
        var subject = token.getSubject();
        if (subject == null) {
            throw LoginRefused.invalidToken();
        }
        return new Caller(
                        subject,
                        roles(token),
                        issuer.issuer().toString(),
                        client(token),
                        scopes(token),
                        patients(token),
                        purpose(token))
                .through(Actors.of(token));
    }

    /** Rules that deny a purpose would let one pass that they do not know, or that stands behind another. */
    private @Nullable String purpose(Jwt token) throws LoginRefused {
        var claim = issuer.purposeClaim();
        if (claim == null || value(token, claim) == null) {
            return null;
        }
        var stated = texts(token, claim).distinct().toList();
        if (stated.size() != 1 || !Purposes.isCode(stated.getFirst())) {
            throw LoginRefused.invalidToken(
                    "The token does not state one purpose of use, a code of HL7 PurposeOfUse; ask its issuer for one.");
        }
        return stated.getFirst();
    }

    private static @Nullable String client(Jwt token) {
        return Stream.of("azp", "client_id", "cid", "appid")
                .flatMap(claim -> texts(token, claim))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> scopes(Jwt token) {
        return Stream.of("scope", "scp")
                .flatMap(claim -> texts(token, claim))
                .flatMap(TokenCaller::words)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> roles(Jwt token) {
        var from = issuer.roles();
        var prefix = from.prefix() == null ? "" : from.prefix();
        return texts(token, from.claim())
                .flatMap(TokenCaller::words)
                .filter(role -> role.length() > prefix.length() && role.startsWith(prefix))
                .map(role -> role.substring(prefix.length()))
                .filter(role -> from.mayGive().isEmpty() || from.mayGive().contains(role))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<Reference> patients(Jwt token) throws LoginRefused {
        var from = issuer.patient();
        var ids = texts(token, from.claim()).collect(Collectors.toCollection(HashSet::new));
        if (value(token, from.claim()) != null && (ids.isEmpty() || from.ehr() == null)) {
            throw nowhere();
        }
        if (from.fhirUser()) {
            for (var user :
                    texts(token, "fhirUser").filter(TokenCaller::isPatient).toList()) {
                ids.add(id(user));
            }
        }
        var patients = new HashSet<Reference>();
        for (var id : ids) {
            patients.add(patient(String.valueOf(from.ehr()), id));
        }
        return patients;
    }

    private static boolean isPatient(String user) {
        return List.of(user.split("/", -1)).contains("Patient");
    }

    /** Whoever is a patient and is not bound to that patient would see everybody's charts. */
    private static String id(String user) throws LoginRefused {
        var patient = PATIENT.matcher(user);
        if (!patient.matches()) {
            throw nowhere();
        }
        return patient.group(1);
    }

    private static Reference patient(String ehr, String id) throws LoginRefused {
        try {
            return new Reference(ehr, "Patient", id.startsWith("Patient/") ? id.substring("Patient/".length()) : id);
        } catch (InvalidArgument e) {
            throw nowhere();
        }
    }

    private static LoginRefused nowhere() {
        return LoginRefused.invalidToken(
                "The token is bound to a patient whom this hub cannot place; ask its operator.");
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty());
    }

    private static Stream<String> texts(Jwt token, String path) {
        return switch (value(token, path)) {
            case null -> Stream.empty();
            case String text -> Stream.of(text);
            case URI address -> Stream.of(address.toString());
            case Collection<?> many ->
                many.stream().filter(String.class::isInstance).map(String.class::cast);
            default -> Stream.empty();
        };
    }

    /** A claim by its name, which may have dots in it, else the path into objects. */
    private static @Nullable Object value(Jwt token, String path) {
        Object whole = token.getClaims().get(path);
        if (whole != null) {
            return whole;
        }
        Object inside = token.getClaims();
        for (var key : path.split("\\.", -1)) {
            inside = inside instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return inside;
    }
}
