package org.ehrhub.fhir.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.http.conn.DnsResolver;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.ehrhub.fhir.FhirR4Config;

/**
 * Where connections may go, decided on the addresses that are then connected to: never to those by which cloud machines
 * hand out their secrets (link-local, and the few of their own), and to hosts that only the EHR itself names no
 * nearer to this machine than the EHR is.
 */
final class Networks implements DnsResolver {
    /** Alibaba, Oracle and Azure keep theirs outside the link-local range, Amazon its IPv6 one. */
    private static final Set<String> METADATA =
            Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private static final int PUBLIC = 2;
    private static final int IPV6 = 16;
    private static final int IPV4 = 4;

    private final DnsResolver names;
    private final String base;
    private final Set<String> configured;
    private final boolean linkLocal;

    /**
     * The bounds of one EHR.
     *
     * @param base its host
     * @param configured further hosts that the settings name
     * @param linkLocal whether the settings allow link-local addresses
     */
    Networks(DnsResolver names, String base, Set<String> configured, boolean linkLocal) {
        this.names = names;
        this.base = plain(base);
        this.configured = Set.copyOf(configured.stream().map(Networks::plain).toList());
        this.linkLocal = linkLocal;
    }

    static Networks of(FhirR4Config config) {
        var auth = config.auth();
        var login = auth == null || auth.tokenUrl() == null
                ? Set.<String>of()
                : Set.of(auth.tokenUrl().getHost());
        return new Networks(
                SystemDefaultDnsResolver.INSTANCE, config.baseUrl().getHost(), login, config.linkLocalAllowed());
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = names.resolve(host);
        boolean named = plain(host).equals(base) || configured.contains(plain(host));
        int nearest = named ? 0 : distance(names.resolve(base));
        for (var address : found) {
            var meant = inner(address);
            if ((isMetadata(meant) && !linkLocal) || distance(meant) < nearest) {
                throw new ForbiddenAddressException();
            }
        }
        return found;
    }

    /** How far away the nearest of some addresses is. */
    private static int distance(InetAddress... addresses) throws UnknownHostException {
        int nearest = PUBLIC;
        for (var address : addresses) {
            var meant = inner(address);
            nearest = Math.min(nearest, isHere(meant) ? 0 : isNear(meant) ? 1 : PUBLIC);
        }
        return nearest;
    }

    private static boolean isMetadata(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address.getHostAddress().split("%", 2)[0]);
    }

    private static boolean isHere(InetAddress address) {
        var bytes = address.getAddress();
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || (bytes.length == IPV4 && bytes[0] == 0);
    }

    /** A private network (RFC 1918, RFC 4193, RFC 6598). */
    private static boolean isNear(InetAddress address) {
        var bytes = address.getAddress();
        boolean unique = bytes.length == IPV6 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == IPV4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLinkLocalAddress() || address.isSiteLocalAddress() || unique || shared;
    }

    /** The IPv4 address that an IPv6 one stands for (RFC 6052: 64:ff9b::/96; RFC 3056: 2002::/16). */
    private static InetAddress inner(InetAddress address) throws UnknownHostException {
        var bytes = address.getAddress();
        if (bytes.length != IPV6) {
            return address;
        }
        var nat64 = new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
        if (Arrays.equals(bytes, 0, nat64.length, nat64, 0, nat64.length)) {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, nat64.length, IPV6));
        }
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return sixToFour ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 2, 2 + IPV4)) : address;
    }

    private static String plain(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    }

    /** An address that the hub does not connect to. */
    static final class ForbiddenAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException() {
            super("An address that the hub does not connect to");
        }
    }
}
