package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;

/** A scripted server whose searches find what a test puts there. */
public final class ScriptedChart implements AutoCloseable {
    public static final Reference PATIENT = Reference.parse("alpha/Patient/p1");

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    public ScriptedEhr ehr() {
        return ehr;
    }

    /** Every search finds these, whatever is asked. */
    public void holds(String... resources) {
        ehr.server().answers(request -> found("", resources));
    }

    /** Searches that some rule refuses; others find these. */
    public void refuses(Predicate<String> target, String... resources) {
        ehr.server().answers(request -> target.test(request.target()) ? new Answer(400, "{}") : found("", resources));
    }

    /** What was asked for after the base address. */
    public List<String> asked() {
        return ehr.server().requests().stream()
                .map(Request::target)
                .map(target -> target.substring("/fhir/".length()))
                .toList();
    }

    public <I extends Record & ListInput, O extends Record> Page<O> list(Listing<I, O> tool, I input) {
        ToolResult<Page<O>> result = ehr.list(tool, input);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<O>>) result).value();
    }

    /** A page of a search, with a link to the next where one is given. */
    public static Answer found(String next, String... resources) {
        var entries = Stream.of(resources)
                .map("{\"search\":{\"mode\":\"match\"},\"resource\":%s}"::formatted)
                .collect(Collectors.joining(","));
        var link = next.isEmpty() ? "" : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
        return new Answer(
                200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",%s\"entry\":[%s]}".formatted(link, entries));
    }

    /** A page of a search with records sent along. */
    public static Answer foundWith(String resource, String included) {
        return new Answer(200, """
                {"resourceType":"Bundle","type":"searchset","entry":[
                 {"search":{"mode":"match"},"resource":%s},
                 {"search":{"mode":"include"},"resource":%s}]}""".formatted(resource, included));
    }

    /** A record of the patient. */
    public static String ofPatient(String type, String id, String fields) {
        var whose = List.of("AllergyIntolerance", "Immunization").contains(type) ? "patient" : "subject";
        return """
                {"resourceType":"%s","id":"%s","%s":{"reference":"Patient/p1"}%s%s}""".formatted(type, id, whose, fields.isEmpty() ? "" : ",", fields);
    }

    @Override
    public void close() {
        ehr.close();
    }
}
