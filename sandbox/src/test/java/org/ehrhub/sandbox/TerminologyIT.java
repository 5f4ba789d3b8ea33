package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TerminologyIT {
    private static final String CONDITIONS = "url=https://stmarys.example/fhir/ValueSet/snomed";
    private static final String HYPERTENSION = "system=http://snomed.info/sct&code=38341003";

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void saysWhatACodeMeans() throws Exception {
        assertThat(get("/CodeSystem/$lookup?" + HYPERTENSION, Parameters.class)
                        .getParameter("display")
                        .getValue()
                        .primitiveValue())
                .isEqualTo("Hypertensive disorder");
        assertThat(status("/CodeSystem/$lookup?system=http://snomed.info/sct&code=0"))
                .isEqualTo(404);
        assertThat(status("/CodeSystem/$lookup?system=urn:unknown&code=0")).isEqualTo(404);
        assertThat(status("/CodeSystem/$lookup?system=http://snomed.info/sct")).isEqualTo(400);
    }

    @Test
    void saysThatEachCodeSystemIsAnExcerpt() throws Exception {
        assertThat(get("/CodeSystem", Bundle.class).getEntry()).hasSize(5).allSatisfy(entry -> {
            var system = (CodeSystem) entry.getResource();
            assertThat(system.getContent()).isEqualTo(CodeSystem.CodeSystemContentMode.FRAGMENT);
            assertThat(system.getTitle()).contains("excerpt");
        });
    }

    @Test
    void expandsAValueSetInPartsAndByWords() throws Exception {
        var all = get("/ValueSet/$expand?" + CONDITIONS, ValueSet.class).getExpansion();
        var part = get("/ValueSet/$expand?" + CONDITIONS + "&offset=2&count=3", ValueSet.class)
                .getExpansion();
        assertThat(part.getTotal()).isEqualTo(all.getTotal());
        assertThat(part.getContains())
                .extracting(ValueSet.ValueSetExpansionContainsComponent::getCode)
                .containsExactlyElementsOf(all.getContains().subList(2, 5).stream()
                        .map(ValueSet.ValueSetExpansionContainsComponent::getCode)
                        .toList());
        assertThat(get("/ValueSet/$expand?" + CONDITIONS + "&filter=Hyper%20dis", ValueSet.class)
                        .getExpansion()
                        .getContains())
                .extracting(ValueSet.ValueSetExpansionContainsComponent::getCode)
                .containsExactly("38341003");
        assertThat(status("/ValueSet/$expand?url=urn:unknown")).isEqualTo(404);
    }

    @Test
    void checksCodesAndTheirDisplays() throws Exception {
        String set = "/ValueSet/$validate-code?" + CONDITIONS + "&";
        assertThat(isValid(set + HYPERTENSION)).isTrue();
        assertThat(isValid(set + HYPERTENSION + "&display=hypertensive%20disorder"))
                .isTrue();
        assertThat(isValid(set + HYPERTENSION + "&display=Asthma")).isFalse();
        assertThat(isValid(set + "system=http://loinc.org&code=38341003")).isFalse();
        assertThat(isValid("/CodeSystem/$validate-code?url=http://loinc.org&code=2345-7"))
                .isTrue();
        assertThat(isValid("/CodeSystem/$validate-code?url=http://loinc.org&code=1-1"))
                .isFalse();
    }

    @Test
    void translatesByAddressAndByBody() throws Exception {
        String target = "&targetsystem=http://hl7.org/fhir/sid/icd-10-cm";
        var asked = new Parameters();
        asked.addParameter(
                "coding", new Coding().setSystem("http://snomed.info/sct").setCode("38341003"));
        for (Parameters answer : List.of(
                get("/ConceptMap/$translate?" + HYPERTENSION + target, Parameters.class),
                Client.operation(sandbox, "stmarys", "/ConceptMap/$translate", asked, Parameters.class))) {
            assertThat(answer.getParameterBool("result")).isTrue();
            assertThat(((Coding) answer.getParameter()
                                    .getFirst()
                                    .getPart()
                                    .get(1)
                                    .getValue())
                            .getCode())
                    .isEqualTo("I10");
        }
        assertThat(get("/ConceptMap/$translate?" + HYPERTENSION + "&targetsystem=urn:other", Parameters.class)
                        .getParameterBool("result"))
                .isFalse();
    }

    private static boolean isValid(String relative) throws Exception {
        return get(relative, Parameters.class).getParameterBool("result");
    }

    private static int status(String relative) throws Exception {
        return Client.get(sandbox, "stmarys", relative).statusCode();
    }

    private static <T extends Resource> T get(String relative, Class<T> as) throws Exception {
        var answer = Client.get(sandbox, "stmarys", relative);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FhirContext.forR4Cached().newJsonParser().parseResource(as, answer.body());
    }
}
