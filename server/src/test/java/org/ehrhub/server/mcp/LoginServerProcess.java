package org.ehrhub.server.mcp;

import java.util.concurrent.CountDownLatch;

/** The login server of the tests as a process, for clients that are not written in Java: prints its issuer, runs until stopped. */
final class LoginServerProcess {
    private LoginServerProcess() {}

    public static void main(String[] words) throws InterruptedException {
        try (var server = new LoginServer()) {
            System.out.println(server.issuer());
            new CountDownLatch(1).await();
        }
    }
}
