package org.ehrhub.server.commands;

/** The command cannot be run as it was given; the message says why and is shown as it is. */
final class UsageProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageProblem(String message) {
        super(message);
    }
}
