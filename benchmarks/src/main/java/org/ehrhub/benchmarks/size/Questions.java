package org.ehrhub.benchmarks.size;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.mcp.Messages;
import org.hl7.fhir.r4.model.Patient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what to ask about among the patients of the EHR, so that answers are neither empty nor chosen by hand.
 *
 * @param hub the hub
 * @param patients of the EHR
 */
record Questions(HttpMcpClient hub, List<Patient> patients) {
    private static final int HITS = 3;
    private static final int LOOKED_AT = 30;
    private static final int DAYS = 14;

    /** A call of a tool. */
    record Question(String tool, ObjectNode arguments) {}

    Question get() {
        return new Question("patient_get", Messages.arguments("patient", reference(patients.getFirst())));
    }

    /** A family name that as many have as were wished for, or nearly. */
    Question search() {
        var families = patients.stream().collect(Collectors.groupingBy(Questions::family, Collectors.counting()));
        var family = families.keySet().stream()
                .min(Comparator.comparingLong((String name) -> Math.abs(startingWith(name) - HITS))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        return new Question("patient_search", Messages.arguments("ehr", "stmarys", "family", family));
    }

    Question slots() {
        var now = Instant.now().truncatedTo(ChronoUnit.DAYS);
        var arguments = Messages.arguments(
                "ehr",
                "stmarys",
                "from",
                now.plus(1, ChronoUnit.DAYS).toString(),
                "to",
                now.plus(DAYS, ChronoUnit.DAYS).toString());
        return new Question("slot_search", arguments.put("limit", 10));
    }

    /** Of the patients looked at, the one with the most appointments. */
    Question appointments() throws IOException {
        var most = -1;
        Question found = null;
        for (var patient : patients.subList(0, Math.min(LOOKED_AT, patients.size()))) {
            var question = new Question("appointment_list", Messages.arguments("patient", reference(patient)));
            int rows = rows(hub.tool(question.tool(), question.arguments()));
            if (found == null || rows > most) {
                most = rows;
                found = question;
            }
        }
        if (found == null) {
            throw new IllegalStateException("The EHR has no patients");
        }
        return found;
    }

    static int rows(JsonNode result) {
        return result.path("structuredContent").path("items").size();
    }

    private static String reference(Patient patient) {
        return "stmarys/Patient/" + patient.getIdPart();
    }

    private static String family(Patient patient) {
        return patient.getNameFirstRep().getFamily().toLowerCase(Locale.ROOT);
    }

    /** The search finds names by how they begin. */
    private long startingWith(String name) {
        return patients.stream()
                .filter(patient -> family(patient).startsWith(name))
                .count();
    }
}
