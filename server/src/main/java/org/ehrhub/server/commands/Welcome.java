package org.ehrhub.server.commands;

/** What a started hub tells the person who started it. */
final class Welcome {
    private Welcome() {}

    static String text(String address) {
        return """
            EHR Hub is ready: %1$s

              Claude Code   claude mcp add --transport http ehr-hub %1$s
              Codex         codex mcp add ehr-hub --url %1$s
              mcp.json      {"mcpServers": {"ehr-hub": {"type": "http", "url": "%1$s"}}}

            Try from another terminal:
              ./ehr-hub check
              ./ehr-hub call ehr.list '{}'
              ./ehr-hub call patient.search '{"family": "Okafor"}'
            or ask the agent: "Which EHRs are there? Find Okafor in all of them and book the next free slot."

            Ctrl-C stops it.""".formatted(address);
    }
}
