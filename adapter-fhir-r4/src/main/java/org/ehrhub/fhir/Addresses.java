package org.ehrhub.fhir;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for addresses in the settings. */
final class Addresses {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private Addresses() {}

    /** Refuses what is not plainly http or https. */
    static void checked(URI url, String key) {
        if (!(isHttp(url) || scheme(url).equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(key + " must be an http or https address");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(key + " must hold no user, query or fragment");
        }
    }

    /** Refuses an address to which credentials would go unprotected. */
    static void protect(URI url, String key) {
        if (isHttp(url) && !isLoopback(url)) {
            throw new IllegalArgumentException(
                    key + " must be https: the credentials would go over the network for all to read");
        }
    }

    static boolean isHttp(URI url) {
        return scheme(url).equals("http");
    }

    static boolean isLoopback(URI url) {
        return LOOPBACK.matcher(url.getHost()).matches();
    }

    private static String scheme(URI url) {
        return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    }
}
