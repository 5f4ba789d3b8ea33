package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that are meant to do more than they say: refused before anything is sent, and not repeated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWritesIT {
    private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.INVALID_INPUT, ErrorCode.DENIED);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterAll
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AuditEvent",
                "Subscription",
                "Bot",
                "Binary",
                "Bundle",
                "Parameters",
                "Provenance",
                "ClaimResponse",
                "OperationDefinition",
                "patient",
                "Patient?name=zzmarkzz",
                "Patient/1",
                "../zzmarkzz",
                "https://zzmarkzz.example"
            })
    void createsNothingOfATypeThatIsNotWritten(String type) {
        assertRefused(create(type, "{\"resourceType\":\"" + type + "\"}", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "zzmarkzz",
                "{}",
                "{\"resourceType\":\"zzmarkzz\"}",
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Basic\",\"zzmarkzz\":1}",
                "{\"resourceType\":\"Basic\",\"id\":\"zzmarkzz\"}",
                "{\"resourceType\":\"Basic\",\"resourceType\":\"Subscription\"}",
                "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"https://zzmarkzz.example/Patient/1\"}}",
                "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"beta/Patient/zzmarkzz\"}}",
                "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"Patient?name=zzmarkzz\"}}",
                "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"../zzmarkzz\"}}",
                "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11\"}}",
                "{\"resourceType\":\"Basic\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">zzmarkzz</div>\"}}",
                "{\"resourceType\":\"Basic\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"a\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><script>zzmarkzz</script></div>\"}}]}",
                "{\"resourceType\":\"Basic\",\"extension\":[{\"url\":\"urn:x\",\"valueDecimal\":1e999999999}]}",
                "{\"resourceType\":\"Basic\",\"extension\":[{\"url\":\"urn:x\",\"valueDecimal\":\"1e999999999\"}]}"
            })
    void createsNothingThatIsNotPlainlyWhatItSays(String resource) {
        assertRefused(create("Basic", resource, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=zzmarkzz",
                "identifier=zzmarkzz",
                "identifier=|zzmarkzz",
                "identifier=a|b&_id=zzmarkzz",
                "identifier=a|b,a|zzmarkzz",
                "identifier:not=a|zzmarkzz",
                "identifier=a|b%26_id=zzmarkzz",
                "identifier=a|b%0d%0azzmarkzz",
                "Patient?identifier=a|zzmarkzz"
            })
    void takesNoConditionButOneIdentifier(String unless) {
        assertRefused(create("Basic", "{\"resourceType\":\"Basic\"}", unless));
    }

    @Test
    void leavesAQuestionnairesOneIdentifierToTheKey() {
        assertRefused(create(
                "QuestionnaireResponse",
                "{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"identifier\":{\"value\":\"zzmarkzz\"}}",
                null));
    }

    @ParameterizedTest
    @CsvSource({
        "AuditEvent/1",
        "Bot/b1",
        "ClaimResponse/1",
        "Patient/under_score",
    })
    void changesNoRecordThatIsNotWritten(String record) {
        var named = Reference.parse("alpha/" + record);
        assertRefused(write("delete", named, null, null));
        assertRefused(write("update", named, "{\"resourceType\":\"" + named.type() + "\"}", null));
        assertRefused(write("patch", named, null, List.of(new Change("remove", "/x", null))));
        assertRefused(write("delete", Reference.parse("beta/Patient/1"), null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\",\"id\":\"zzmarkzz\"}",
                "{\"resourceType\":\"Basic\",\"id\":\"p1\"}",
                "{\"resourceType\":\"Patient\",\"managingOrganization\":{\"reference\":\"//zzmarkzz.example/Organization/1\"}}"
            })
    void replacesNothingWithWhatIsAnother(String resource) {
        assertRefused(write("update", Reference.parse("alpha/Patient/p1"), resource, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "replace ! /id ! \"zzmarkzz\"",
                "replace ! /resourceType ! \"Subscription\"",
                "add ! /meta/tag ! []",
                "add ! /text ! {}",
                "add ! /contained/- ! {\"resourceType\":\"Patient\"}",
                "add ! /contained/0/text/div ! \"zzmarkzz\"",
                "add ! /modifierExtension ! []",
                "replace ! /subject ! {\"reference\":\"Patient/2\"}",
                "replace ! /subject/reference ! \"Patient/2\"",
                "replace ! /performer/0/reference ! \"https://zzmarkzz.example/Practitioner/1\"",
                "add ! /performer/- ! {\"reference\":\"https://zzmarkzz.example/Practitioner/1\"}",
                "add ! /note ! [{\"text\":\"a\",\"extension\":[{\"valueReference\":{\"reference\":\"beta/Patient/zzmarkzz\"}}]}]",
                "replace ! /status ! final",
                "replace ! /status ! \"final\" x",
                "replace ! /valueQuantity/value ! 1e999999999",
                "replace ! / ! {}"
            })
    void patchesNothingThatMustStay(String op, String path, String value) {
        assertRefused(
                write("patch", Reference.parse("alpha/Observation/o1"), null, List.of(new Change(op, path, value))));
    }

    @Test
    void movesNoAppointmentToAnotherPatientByAPatch() {
        var visit = Reference.parse("alpha/Appointment/a1");
        assertRefused(write("patch", visit, null, List.of(new Change("add", "/participant/-", "{}"))));
        assertRefused(
                write("patch", visit, null, List.of(new Change("replace", "/participant/0/actor/reference", "1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Basic/1\",\"ifMatch\":\"W/\\\"1\\\"\"}}]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[null]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{}]}"
            })
    void runsNoBundleThatIsNoTransaction(String bundle) {
        assertRefused(transaction(bundle));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! GET ! Patient/1 ! ''",
                "'' ! HEAD ! Patient/1 ! ''",
                "'' ! zzmarkzz ! Patient/1 ! ''",
                "'' ! DELETE ! Patient/1 ! ''",
                "'' ! DELETE ! Patient?name=zzmarkzz ! '\"ifMatch\":\"W/1\"'",
                "'' ! DELETE ! https://zzmarkzz.example/Patient/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "'' ! DELETE ! ../Patient/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "'' ! DELETE ! AuditEvent/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "'' ! DELETE ! Patient/1 ! '\"ifMatch\":\"W/\\\"1\\\"\",\"ifNoneExist\":\"name=zzmarkzz\"'",
                "{\"resourceType\":\"Basic\"} ! DELETE ! Basic/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "{\"resourceType\":\"Basic\"} ! POST ! Basic/1 ! ''",
                "{\"resourceType\":\"Basic\"} ! POST ! Patient ! ''",
                "{\"resourceType\":\"Basic\"} ! POST ! Basic/$zzmarkzz ! ''",
                "{\"resourceType\":\"Basic\"} ! POST ! /Basic ! ''",
                "{\"resourceType\":\"Basic\"} ! POST ! //zzmarkzz.example/Basic ! ''",
                "{\"resourceType\":\"Basic\",\"id\":\"zzmarkzz\"} ! POST ! Basic ! ''",
                "{\"resourceType\":\"Basic\"} ! POST ! Basic ! '\"ifNoneExist\":\"name=zzmarkzz\"'",
                "{\"resourceType\":\"Basic\"} ! POST ! Basic ! '\"ifNoneMatch\":\"*\"'",
                "{\"resourceType\":\"Subscription\",\"status\":\"requested\"} ! POST ! Subscription ! ''",
                "{\"resourceType\":\"Basic\"} ! PUT ! Basic/1 ! ''",
                "{\"resourceType\":\"Basic\",\"id\":\"2\"} ! PUT ! Basic/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "{\"resourceType\":\"Basic\"} ! PUT ! Basic?identifier=zzmarkzz ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11\"}} ! POST ! Basic ! ''",
                "{\"resourceType\":\"Basic\"} ! PATCH ! Basic/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\"W10=\"} ! PATCH ! Basic/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'",
                "{\"resourceType\":\"Binary\",\"contentType\":\"text/plain\",\"data\":\"W10=\"} ! PATCH ! Basic/1 ! '\"ifMatch\":\"W/\\\"1\\\"\"'"
            })
    void runsNoTransactionWithAnEntryThatIsNoPlainWrite(String resource, String method, String url, String more) {
        var body = resource.isEmpty() ? "" : "\"resource\":" + resource + ",";
        var conditions = more.isEmpty() ? "" : "," + more;
        assertRefused(transaction("""
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":{"resourceType":"Basic"},"request":{"method":"POST","url":"Basic"}},
                 {%s"request":{"method":"%s","url":"%s"%s}}]}""".formatted(body, method, url, conditions)));
    }

    @Test
    void runsNoTransactionOfMoreThanFiftyEntriesOrWithOneFullUrlTwice() {
        var entry = "{\"resource\":{\"resourceType\":\"Basic\"},\"request\":{\"method\":\"POST\",\"url\":\"Basic\"}}";
        var named = "{\"fullUrl\":\"urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11\"," + entry.substring(1);
        assertRefused(transaction("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + String.join(",", java.util.Collections.nCopies(51, entry)) + "]}"));
        assertRefused(transaction(
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + named + "," + named + "]}"));
    }

    private ToolResult<?> create(String type, String resource, @Nullable String unless) {
        return ehr.call(
                FhirTools.WRITE,
                new FhirWrite("alpha", "create", type, null, null, new FhirJson(resource), null, unless, null, null));
    }

    private ToolResult<?> write(
            String operation, Reference record, @Nullable String resource, @Nullable List<Change> patch) {
        var json = resource == null ? null : new FhirJson(resource);
        return ehr.call(
                FhirTools.WRITE, new FhirWrite("alpha", operation, null, record, "1", json, patch, null, null, null));
    }

    private ToolResult<?> transaction(String bundle) {
        return ehr.call(FhirTools.TRANSACTION, new FhirTransaction("alpha", new FhirJson(bundle), null, null));
    }

    private void assertRefused(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        assertThat(ScriptedEhr.code(result)).isIn(REFUSALS);
        assertThat(result.toString()).doesNotContain("zzmarkzz");
        assertThat(ehr.server().requests()).isEmpty();
    }
}
