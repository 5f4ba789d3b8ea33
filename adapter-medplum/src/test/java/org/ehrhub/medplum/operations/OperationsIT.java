package org.ehrhub.medplum.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.StoredQuery;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.client.OnBehalfOf;
import org.ehrhub.medplum.stub.Client;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.medplum.stub.ModesBot;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirOperation;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Pitfalls 10 and 15: {@code $everything} fails as a whole under a narrow policy and where one type stands alone; paths of a
 * caller's may lead to other hosts and past on-behalf-of. And a {@code GET} runs a bot.
 */
class OperationsIT {
    private static final String CHART =
            "query Chart($patient: ID!) { Patient(id: $patient) { id name { family } ObservationList(_reference: subject) { id } } }";

    private final MedplumStub stub = MedplumStub.start();
    private final String patient = stub.clinic().patient("Chart", "Cleo");
    private final String bot = stub.bots().add("nightly", new ModesBot());
    private final List<MedplumEhr> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(MedplumEhr::close);
        stub.close();
    }

    @Test
    void everythingUnderANarrowPolicyIsDenied() {
        var narrow = stub.project().limited("Narrow", """
                {"resourceType":"AccessPolicy","resource":[{"resourceType":"Patient","readonly":true}]}""");

        assertThat(MedplumEhr.code(ask(ehr(narrow, null), patient + "/$everything")))
                .isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void operationsAndGraphQlAreAskedInTheNameOfTheProfile() {
        var user = stub.user("Smith", null);
        var ehr = ehr(stub.project().admin("Hub"), new OnBehalfOf(user, Map.of(), null));
        stub.forget();

        read(ehr, patient + "/$everything");
        read(ehr, "$graphql/chart?patient=" + patient);

        assertThat(stub.heard().stream().filter(heard -> heard.asked().path().startsWith("/fhir/")))
                .hasSize(2)
                .allSatisfy(heard -> assertThat(heard.asked().header("X-Medplum-On-Behalf-Of"))
                        .contains(user));
    }

    @Test
    void noReadRunsABotOrChangesAnythingOrLeavesTheServer() {
        var ehr = ehr();
        var before = stub.all("Patient");
        ehr.call(FhirTools.QUERY, new FhirQuery(MedplumEhr.NAME, patient, null, null));
        stub.forget();

        for (var path : forbidden()) {
            assertThat(ask(ehr, path)).as(path).isInstanceOf(ToolResult.Failed.class);
        }
        for (var entry : List.of("GET Bot/" + bot + "/$execute", "POST Bot/" + bot + "/$execute", "POST $graphql")) {
            assertThat(MedplumEhr.code(transaction(ehr, entry))).as(entry).isEqualTo(ErrorCode.INVALID_INPUT);
        }
        for (var operation : List.of("Bot/$execute", "Agent/$push", "Patient/$everything", "Patient/$expunge")) {
            var input = new FhirOperation(MedplumEhr.NAME, operation, null, null, null, null);
            assertThat(MedplumEhr.code(ehr.call(FhirTools.OPERATION, input))).isEqualTo(ErrorCode.INVALID_INPUT);
        }

        assertThat(stub.heard()).isEmpty();
        assertThat(stub.bots().runs()).isEmpty();
        assertThat(stub.graphQl().ran()).isEmpty();
        assertThat(stub.all("Patient")).isEqualTo(before);
    }

    private List<String> forbidden() {
        return List.of(
                "Bot/" + bot + "/$execute",
                "Bot/" + bot + "/$execute?mode=create",
                "Bot/$execute?identifier=https://stub.example/bot%7Cnightly",
                "Bot/" + bot + "/$execute/webhook",
                "Bot/" + bot + "/$deploy",
                "Bot/" + bot,
                "Agent/a1/$push",
                "Agent/a1/$fetch-logs",
                patient + "/$everything/$execute",
                patient + "/$everything/../../Bot/" + bot + "/$execute",
                patient + "/$expunge",
                patient + "/$renew",
                "Patient/$reindex",
                "$graphql",
                "$graphql?query=mutation%7BPatientDelete(id:1)%7Bid%7D%7D",
                "$graphql/chart?patient=p1&query=mutation%7BPatientDelete(id:1)%7Bid%7D%7D",
                "$graphql/remove?patient=p1",
                "../../oauth2/userinfo",
                "../../admin/projects/p1",
                "https://evil.example/Patient/1",
                "//evil.example/Patient/1",
                "\\\\evil.example\\Patient",
                " https://evil.example/");
    }

    private MedplumEhr ehr() {
        return ehr(stub.client(), null);
    }

    private MedplumEhr ehr(Client client, @Nullable OnBehalfOf onBehalfOf) {
        var ehr = TestSettings.of(stub.base(), client)
                .onBehalfOf(onBehalfOf)
                .operations(new Operation("Patient/$everything", true), new Operation("Patient/$renew", null))
                .graphql(new StoredQuery("chart", CHART))
                .ehr();
        opened.add(ehr);
        return ehr;
    }

    private static ToolResult<Page<FhirResource>> ask(MedplumEhr ehr, String path) {
        return ehr.call(FhirTools.QUERY, new FhirQuery(MedplumEhr.NAME, path, null, null));
    }

    private static Page<FhirResource> read(MedplumEhr ehr, String path) {
        return ehr.list(FhirTools.QUERY, new FhirQuery(MedplumEhr.NAME, path, null, null));
    }

    private static ToolResult<?> transaction(MedplumEhr ehr, String entry) {
        var parts = entry.split(" ", 2);
        var bundle = """
                {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"%s","url":"%s"}}]}""".formatted(parts[0], parts[1]);
        return ehr.call(FhirTools.TRANSACTION, new FhirTransaction(MedplumEhr.NAME, new FhirJson(bundle), null, null));
    }
}
