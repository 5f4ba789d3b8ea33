package org.ehrhub.server.commands;

import java.util.List;

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
              hl7v2 send|tail|search|replay|stats|export|import   HL7 v2 messages; `help hl7v2` says more
              build                              build, or build again
              help, version

            Without --config the hub reads ehr-hub.yaml beside the command, else examples/quickstart/ehr-hub.yaml.
            stdio and call use the hub that runs on the same data directory, else they start one for themselves; audit asks
            it too, else it reads the store.
            Exit codes: 0 done, 1 a tool failed or an EHR is down, 2 could not be run as asked.""";

    private static final String HL7V2 = """
            ehr-hub hl7v2: HL7 v2 messages, for the people who run the interfaces

              send FILE... --to HOST:PORT [--tls FILE] [--answer-limit 30s] [--as-is]
                                                 send the messages of files over MLLP, one after another, and say what became of each;
                                                 --tls names certificates to trust, in PEM; --as-is leaves line ends as they are
              stats                              where each channel of the running hub stands, and how its receiver is
              tail [--channel NAME] [--content]  follow messages as they come and go, until Ctrl-C
              search [SELECTION] [--content]     list messages, the oldest first
              replay SELECTION --reason WORDS    have messages worked again; those that were given up unless --state or --id says otherwise
              export [SELECTION] --to FOLDER     write messages to files, byte for byte, one a file
              import FILE... --channel NAME      keep the messages of files in a channel, as if they had been received

            SELECTION: --channel NAME  --id 12,13  --field PID-3=123456 (may be repeated)  --state waiting,claimed,done,dead
                       --since TIME  --until TIME (2h ago, 2026-03-01, 2026-03-01T08:00:00Z)  --most N

            All but send ask the hub that `ehr-hub start` runs (--config FILE as elsewhere). Whose messages were looked at, read, exported,
            replayed or imported, by whom and why, is kept in the audit trail. Content is shown only with --content or export.
            Exit codes: 0 accepted or done; 1 refused, or nothing done; 2 could not be run as asked; send also: 3 sent, and nothing
            tells whether the receiver has it; 4 not sent.""";

    @Override
    public int run(CommandLine line) {
        Terminal.print(line.operands().equals(List.of("hl7v2")) ? HL7V2 : TEXT);
        return DONE;
    }
}
