package org.ehrhub.server.commands;

/** A subcommand of {@code ehr-hub}. */
@FunctionalInterface
interface Command {
    /** The command was done. */
    int DONE = 0;
    /** It was done and did not succeed: a tool failed, an EHR is down. */
    int FAILED = 1;
    /** It could not be done as asked: usage, configuration, a data directory in use. */
    int REFUSED = 2;

    /**
     * Runs it.
     *
     * @return the exit code
     * @throws Exception what the command has no better words for
     */
    int run(CommandLine line) throws Exception;
}
