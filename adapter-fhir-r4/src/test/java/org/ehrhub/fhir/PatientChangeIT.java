package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.Address;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.patients.PatientUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A change of demographics sends the rest of the record back as it came. */
class PatientChangeIT {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String RICH = """
            {"resourceType":"Patient","id":"p1",
             "meta":{"versionId":"7","lastUpdated":"2026-02-01T10:00:00.123+01:00","source":"#abc",
               "profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"],
               "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}],
               "tag":[{"system":"https://example.org/tags","code":"vip"}]},
             "language":"en-US",
             "text":{"status":"additional","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Allergic to latex</div>"},
             "contained":[{"resourceType":"Organization","id":"o1","name":"Old practice"},
               {"resourceType":"Organization","id":"o2","name":"Referred to by nothing"}],
             "extension":[{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
               "extension":[{"url":"ombCategory","valueCoding":{"system":"urn:oid:2.16.840.1.113883.6.238","code":"2106-3"}},
                 {"url":"text","valueString":"White"}]},
               {"url":"https://example.org/score","valueDecimal":1.50}],
             "identifier":[{"use":"usual","system":"https://example.org/mrn","value":"M 1","assigner":{"reference":"#o1"}},
               {"system":"urn:ehrhub:write-key","value":"earlierkey"}],
             "active":true,
             "name":[{"use":"official","text":"Hill, Ana","family":"Hill",
                 "_family":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/humanname-own-name","valueString":"Hill"}]},
                 "given":["Ana","B."],"_given":[null,{"extension":[{"url":"https://example.org/initial","valueBoolean":true}]}],
                 "prefix":["Dr."]},
               {"use":"old","family":"Vale","period":{"end":"2010"}}],
             "telecom":[{"system":"phone","value":"555-0100","use":"home","rank":1,"period":{"start":"2020-01"}},
               {"system":"email","value":"ana@example.org"}],
             "gender":"female","birthDate":"1970-05",
             "_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthTime","valueDateTime":"1970-05-01T03:00:00Z"}]},
             "deceasedBoolean":false,
             "address":[{"use":"home","line":["1 Mill Lane"],"city":"Boston",
                 "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/geolocation","extension":[{"url":"latitude","valueDecimal":42.10}]}]},
               {"use":"billing","text":"PO Box 1"}],
             "maritalStatus":{"text":"Divorced"},"multipleBirthInteger":2,
             "photo":[{"contentType":"image/png","data":"aGk="}],
             "contact":[{"relationship":[{"text":"Sister"}],"name":{"text":"Eva"},
               "telecom":[{"system":"phone","value":"555-0101"}]}],
             "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"en"}]},"preferred":true}],
             "generalPractitioner":[{"reference":"Practitioner/d1/_history/2","display":"Dr. Ray"}],
             "managingOrganization":{"reference":"https://other.example/fhir/Organization/9"},
             "link":[{"other":{"reference":"Patient/p0"},"type":"replaces"}]}""";

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void addsAPhoneNumberAsTheFirstAndNothingElse() throws Exception {
        var expected = rich();
        ((ArrayNode) expected.get("telecom"))
                .insertObject(0)
                .put("system", "phone")
                .put("value", "+1 555 010 0199");

        assertThat(sent(update(null, null, "+1 555 010 0199", null))).isEqualTo(keyed(expected));
    }

    @Test
    void changesTheNameInUseAndItsText() throws Exception {
        var expected = rich();
        var name = (ObjectNode) expected.get("name").get(0);
        name.put("family", "Hill-Vale").put("text", "Dr. Ana B. Hill-Vale").remove("_family");

        assertThat(sent(update("Hill-Vale", null, null, null))).isEqualTo(keyed(expected));
    }

    @Test
    void changesTheBirthDateWithWhatHungOnIt() throws Exception {
        var expected = rich();
        expected.put("birthDate", "1970-05-02").remove("_birthDate");

        assertThat(sent(update(null, "1970-05-02", null, null))).isEqualTo(keyed(expected));
    }

    @Test
    void putsAnAddressInThePlaceOfTheOneOfTheSameUse() throws Exception {
        var expected = rich();
        var address = ((ArrayNode) expected.get("address")).objectNode();
        address.put("use", "home").putArray("line").add("2 New Road");
        address.put("city", "Salem");
        ((ArrayNode) expected.get("address")).set(0, address);

        assertThat(sent(update(
                        null, null, null, new Address(List.of("2 New Road"), "Salem", null, null, null, "home"))))
                .isEqualTo(keyed(expected));
    }

    @Test
    void dropsANarrativeThatWasMadeFromTheRecord() throws Exception {
        var generated = RICH.replace("\"additional\"", "\"generated\"");

        assertThat(sent(update("Hill-Vale", null, null, null), generated).has("text"))
                .isFalse();
    }

    @Test
    void showsNoKeyOfTheHubAsAnIdentifier() {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:ehrhub:write-key","value":"k"}]}"""));

        var shown = ehr.call(PatientTools.GET, new PatientGet(Reference.parse("alpha/Patient/p1"), true));

        assertThat(shown.toString()).contains("identifiers=[]").doesNotContain("write-key");
    }

    private JsonNode sent(PatientUpdate update) throws JsonProcessingException {
        return sent(update, RICH);
    }

    private JsonNode sent(PatientUpdate update, String held) throws JsonProcessingException {
        ehr.server().answers(request -> new Answer(200, held));
        ehr.call(PatientTools.UPDATE, update);
        return JSON.readTree(ehr.server().requests().stream()
                .filter(one -> one.method().equals("PUT"))
                .findFirst()
                .orElseThrow()
                .body());
    }

    private static ObjectNode rich() throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(RICH);
    }

    private static ObjectNode keyed(ObjectNode expected) {
        ((ArrayNode) expected.get("identifier"))
                .addObject()
                .put("system", "urn:ehrhub:write-key")
                .put("value", "key0123456789");
        return expected;
    }

    private static PatientUpdate update(
            @Nullable String family, @Nullable String birthDate, @Nullable String phone, @Nullable Address address) {
        return new PatientUpdate(
                Reference.parse("alpha/Patient/p1"),
                null,
                family,
                null,
                birthDate,
                null,
                phone,
                null,
                address,
                null,
                null,
                null,
                null);
    }
}
