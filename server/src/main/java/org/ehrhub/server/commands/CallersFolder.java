package org.ehrhub.server.commands;

import java.nio.file.Path;

/** The folder in which the command was given: the launcher goes into the checkout before it starts this process. */
final class CallersFolder {
    private CallersFolder() {}

    /** A file or folder as it was named there. */
    static Path resolve(String named) {
        return Path.of(System.getProperty("ehrhub.from", "")).resolve(named);
    }
}
