package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustedProxyTest {
    private final TrustedProxy proxy = new TrustedProxy(Set.of("192.0.2.7", "2001:db8::7"));

    @Test
    void servesTheNamedProxiesAndThisMachineOnly() {
        for (var one : new String[] {"192.0.2.7", "2001:db8:0:0:0:0:0:7", "127.0.0.1", "::1", "::ffff:192.0.2.7"}) {
            assertThat(proxy.serves(InetAddress.ofLiteral(one))).as(one).isTrue();
        }
        for (var one : new String[] {"192.0.2.8", "10.0.0.1", "2001:db8::8", "0.0.0.0"}) {
            assertThat(proxy.serves(InetAddress.ofLiteral(one))).as(one).isFalse();
        }
    }
}
