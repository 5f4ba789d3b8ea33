package org.ehrhub.benchmarks.overhead;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.impl.client.CloseableHttpClient;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.processes.ChildProcess;
import org.ehrhub.benchmarks.processes.Hub;

/**
 * The MCP sessions at a hub, one for each connection.
 *
 * @param all the sessions
 */
record Sessions(List<HttpMcpClient> all) implements AutoCloseable {
    /** Opens as many as asked for, when the hub listens. */
    static Sessions open(ChildProcess hub, int port, CloseableHttpClient http, int count)
            throws IOException, InterruptedException {
        Hub.awaitPort(hub, port);
        var sessions = new ArrayList<HttpMcpClient>();
        for (int i = 0; i < count; i++) {
            sessions.add(new HttpMcpClient(http, Hub.mcp(port)));
        }
        return new Sessions(sessions);
    }

    List<PatientRead> reading(String ehr) {
        return all.stream()
                .<PatientRead>map(session -> new HubRead(session, ehr))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (var session : all) {
            session.close();
        }
    }
}
