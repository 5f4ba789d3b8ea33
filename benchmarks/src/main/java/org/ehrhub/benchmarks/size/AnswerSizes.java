package org.ehrhub.benchmarks.size;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.ehr.DirectClient;
import org.ehrhub.benchmarks.ehr.Patients;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.mcp.Messages;
import org.ehrhub.benchmarks.processes.Connections;
import org.ehrhub.benchmarks.processes.Ehr;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.size.Questions.Question;

/** The bytes of the hub's answers against the FHIR JSON that the EHR gave the hub for the same question. */
public final class AnswerSizes {
    private static final int CONNECTIONS = 32;

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws Exception {
        int port = Workplace.freePort();
        try (var ehr = Ehr.sandbox(place);
                var http = Connections.pool(CONNECTIONS);
                var proxy = RecordingProxy.start(http, ehr.base());
                var hub = new Hub(place, true)
                        .start(place.withEhrs(Map.of("stmarys", proxy.base().toString())), port)) {
            Hub.awaitPort(hub, port);
            var patients = new Patients(DirectClient.of(ehr.base(), http)).read(Integer.MAX_VALUE);
            try (var session = new HttpMcpClient(http, Hub.mcp(port))) {
                var questions = new Questions(session, patients);
                var sizes = new ArrayList<Sizes>();
                for (var question :
                        List.of(questions.get(), questions.search(), questions.slots(), questions.appointments())) {
                    sizes.add(ask(question, session, proxy));
                }
                report(sizes, session, report);
            }
        }
    }

    private static Sizes ask(Question question, HttpMcpClient session, RecordingProxy proxy) throws IOException {
        // Asked once before, so that what the hub learns only once, such as what the EHR can do, is not counted.
        session.tool(question.tool(), question.arguments());
        proxy.taken();
        var result = session.tool(question.tool(), question.arguments());
        var isList = result.path("structuredContent").has("items");
        var name = "`" + question.tool().replace('_', '.') + "`" + (isList ? ", rows: " + Questions.rows(result) : "");
        return Sizes.of(name, result, proxy.taken());
    }

    private static void report(List<Sizes> sizes, HttpMcpClient session, Report report) throws IOException {
        report.section("Bytes of the answers");
        report.text(
                "Text: what a client gives the model. Result: the JSON-RPC result, which holds the same answer as text and"
                        + " as structured content. FHIR: what the EHR answered the hub for this question, recorded on the way, without"
                        + " white space; indented: the same with it. The last columns are ratios.");
        report.table(
                List.of(
                        "tool",
                        "text",
                        "result",
                        "FHIR",
                        "indented",
                        "EHR calls",
                        "text / FHIR",
                        "text / indented",
                        "result / FHIR"),
                sizes.stream().map(Sizes::row).toList());
        var tools = session.call("tools/list", Messages.arguments());
        report.figure("`tools/list`: %d bytes, %d tools"
                .formatted(Sizes.bytes(tools.toString()), tools.path("tools").size()));
    }
}
