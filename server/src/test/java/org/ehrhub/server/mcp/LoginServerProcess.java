package org.ehrhub.server.mcp;

import java.io.IOException;
import java.io.OutputStream;

/** The login server of the tests as a process, for clients that are not written in Java: it prints its issuer. */
final class LoginServerProcess {
    private LoginServerProcess() {}

    /** Runs until its standard input ends. */
    public static void main(String[] words) throws IOException {
        try (var server = new LoginServer()) {
            System.out.println(server.issuer());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
