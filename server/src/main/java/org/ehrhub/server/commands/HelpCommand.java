package org.ehrhub.server.commands;

/** Says what the commands are. */
final class HelpCommand implements Command {
    private static final String TEXT = """
            ehr-hub: one MCP server in front of many EHRs

              start [--port N] [--config FILE]   start the hub and serve MCP over HTTP until Ctrl-C
              stdio [--config FILE]              serve MCP on stdin and stdout, for a client that starts its servers
              call TOOL JSON [--config FILE]     call one tool and print its answer; JSON may be - for stdin
              check [--config FILE]              read the configuration, reach each EHR, show which tool works where
              policy explain --as ROLE TOOL EHR  say whether policy allows it, by which line, and what it withholds; also
                                                 --scope, --patient and --purpose as a login gives them, and --at TIME
              approvals list|show ID|approve ID|reject ID [--reason WORDS]   what agents ask a person to approve
              approvals link                     print a link that opens the page for it, once
              audit verify [--config FILE]       prove that nobody has changed the audit trail
              audit search [--subject --tool --ehr --patient --record --from --to]   show records, one a line
              audit export [--format ndjson|fhir|syslog, and as search]   as JSON, FHIR AuditEvent or IHE ATNA messages
              build                              build, or build again
              help, version

            Without --config the hub reads ehr-hub.yaml beside the command, else examples/quickstart/ehr-hub.yaml.
            stdio and call use the hub that runs on the same data directory, else they start one for themselves; audit asks
            it too, else it reads the store.
            Exit codes: 0 done, 1 a tool failed or an EHR is down, 2 could not be run as asked.""";

    @Override
    public int run(CommandLine line) {
        Terminal.print(TEXT);
        return DONE;
    }
}
