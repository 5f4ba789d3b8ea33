package org.ehrhub.server.approvals;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keeps other sites away from the page: the names it answers to, where forms come from, and what browsers are told. */
public final class PageGate {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final int LARGEST_FORM = 16 * 1024;

    private final Set<String> hosts;

    /** A gate of pages that answer to these names, beside those of this machine. */
    public PageGate(Set<String> hosts) {
        this.hosts = hosts;
    }

    /** Nothing is kept, framed, scripted or told to other sites. */
    public static void tell(HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    /** The status that a request is turned away with; empty when it is let in. */
    public Optional<Integer> refusal(HttpServletRequest request) {
        var host = request.getHeader("Host");
        if (host == null || !isOwn(host.toLowerCase(Locale.ROOT))) {
            return Optional.of(421);
        }
        if (request.getMethod().equals("POST") && !isOwnForm(request, host)) {
            return Optional.of(HttpServletResponse.SC_FORBIDDEN);
        }
        return Optional.empty();
    }

    private boolean isOwn(String host) {
        return LOOPBACK.contains(PORT.matcher(host).replaceFirst("")) || hosts.contains(host);
    }

    private static boolean isOwnForm(HttpServletRequest request, String host) {
        var origin = request.getHeader("Origin");
        var site = request.getHeader("Sec-Fetch-Site");
        var type = String.valueOf(request.getContentType());
        return (origin == null || isOrigin(origin, host))
                && (site == null || site.equals("same-origin"))
                && request.getQueryString() == null
                && type.startsWith("application/x-www-form-urlencoded")
                && request.getContentLength() >= 0
                && request.getContentLength() <= LARGEST_FORM;
    }

    private static boolean isOrigin(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the browser shows in the cookie of a name. */
    public static Optional<String> cookie(HttpServletRequest request, String name) {
        return Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
                .filter(one -> one.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    /** Whether a form shows the secret of the visit, in a time that tells nothing of it. */
    public static boolean shows(@Nullable String shown, String secret) {
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }
}
