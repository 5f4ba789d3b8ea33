package org.ehrhub.benchmarks.overhead;

import java.io.IOException;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.mcp.Messages;

/**
 * What is measured: an MCP client has the hub read from the same EHR. For one thread.
 *
 * @param session the MCP session
 * @param ehr what the hub calls the EHR
 */
record HubRead(HttpMcpClient session, String ehr) implements PatientRead {
    @Override
    public void read(String id) throws IOException {
        var reference = ehr + "/Patient/" + id;
        var result = session.tool("patient_get", Messages.arguments("patient", reference));
        var patient = result.path("structuredContent").path("item");
        if (!reference.equals(patient.path("patient").asString("")) || !patient.has("name")) {
            throw new IllegalStateException("The hub answered with another patient than " + id);
        }
    }
}
