package org.ehrhub.mllp;

import java.net.URI;

/** A host and a port, as an endpoint's address names them. */
record Address(String host, int port) {
    /**
     * The two in {@code host:port}; an address of IPv6 stands in brackets.
     *
     * @throws IllegalArgumentException when one is missing
     */
    static Address of(String remaining) {
        var uri = URI.create("mllp://" + remaining);
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("The address must be host:port");
        }
        return new Address(uri.getHost(), uri.getPort());
    }
}
