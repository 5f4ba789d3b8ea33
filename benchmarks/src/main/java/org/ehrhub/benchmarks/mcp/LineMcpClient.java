package org.ehrhub.benchmarks.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One MCP session over the standard input and output of a process. */
public final class LineMcpClient implements AutoCloseable {
    private final OutputStream out;
    private final BufferedReader in;
    private long lastId;

    /** Opens a session. */
    public LineMcpClient(Process process) throws IOException {
        this.out = process.getOutputStream();
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        call("initialize", Messages.initialize());
        send(Messages.notification("notifications/initialized"));
    }

    /** Asks and waits for the result. */
    public JsonNode call(String method, ObjectNode params) throws IOException {
        long id = ++lastId;
        send(Messages.request(id, method, params));
        var line = in.readLine();
        if (line == null) {
            throw new IllegalStateException("The process ended without an answer to " + method);
        }
        return Messages.result(Messages.JSON.readTree(line), id);
    }

    private void send(byte[] message) throws IOException {
        out.write(message);
        out.write('\n');
        out.flush();
    }

    /** Ends the session as clients do, by ending the process's input; the process is expected to end. */
    public void hangUp() throws IOException {
        out.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
