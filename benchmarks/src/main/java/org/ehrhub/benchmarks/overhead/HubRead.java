package org.ehrhub.benchmarks.overhead;

import java.io.IOException;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.mcp.Messages;

/**
 * What is measured: an MCP client has the hub read from the same EHR.
 *
 * @param session the MCP session
 */
record HubRead(HttpMcpClient session) implements PatientRead {
    @Override
    public void read(String id) throws IOException {
        var reference = "stmarys/Patient/" + id;
        var result = session.tool("patient_get", Messages.arguments("patient", reference));
        var patient = result.path("structuredContent").path("item");
        if (!reference.equals(patient.path("patient").asString("")) || !patient.has("name")) {
            throw new IllegalStateException("The hub answered with another patient than " + id);
        }
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
