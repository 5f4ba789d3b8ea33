package org.ehrhub.mllp.server;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who is at the other end of a connection.
 *
 * @param address where it comes from
 * @param certificate the subject of its client certificate (RFC 2253); empty without one
 */
public record Sender(InetSocketAddress address, Optional<String> certificate) {}
