package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.CVX;
import static org.ehrhub.sandbox.people.SiteFacts.ICD10CM;
import static org.ehrhub.sandbox.people.SiteFacts.LOINC;
import static org.ehrhub.sandbox.people.SiteFacts.RXNORM;
import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * The codes the charts use, as terminology resources: excerpts of LOINC, SNOMED CT, RxNorm, CVX and ICD-10-CM, a value set of
 * each and the map from SNOMED CT conditions to ICD-10-CM. Every one says that it is an excerpt.
 */
final class Vocabularies {
    private static final String EXCERPT = "An excerpt: only the codes that the synthetic charts use.";

    private final SiteFacts site;
    private final List<Vocabulary> all;
    private final List<List<String>> conditions;

    Vocabularies(SiteFacts site, WordList charts) {
        this.site = site;
        this.conditions = Stream.of("condition", "diagnosis")
                .flatMap(list -> charts.lines(list).stream())
                .toList();
        var measured = Stream.of("lab.stmarys", "lab.lakeside", "panel.stmarys", "panel.lakeside", "vital", "image")
                .flatMap(list -> charts.lines(list).stream());
        var allergies = charts.lines("allergy").stream();
        var procedures = charts.lines("procedure").stream();
        this.all = List.of(
                new Vocabulary("loinc", "LOINC", LOINC, codes(measured, 0)),
                new Vocabulary(
                        "snomed",
                        "SNOMED CT",
                        SNOMED,
                        codes(
                                Stream.of(conditions.stream(), allergies, procedures)
                                        .flatMap(lines -> lines),
                                0)),
                new Vocabulary("rxnorm", "RxNorm", RXNORM, codes(charts.lines("condition").stream(), 4)),
                new Vocabulary("cvx", "CVX", CVX, codes(charts.lines("vaccine").stream(), 0)),
                new Vocabulary("icd10cm", "ICD-10-CM", ICD10CM, codes(conditions.stream(), 2)));
    }

    /** A code system's part that the site knows: displays by code. */
    private record Vocabulary(String name, String title, String system, Map<String, String> codes) {}

    private static Map<String, String> codes(Stream<List<String>> lines, int column) {
        var codes = new TreeMap<String, String>();
        lines.forEach(line -> codes.put(line.get(column), line.get(column + 1)));
        return codes;
    }

    List<Resource> codeSystems() {
        return all.stream().<Resource>map(this::codeSystem).toList();
    }

    List<Resource> valueSets() {
        return all.stream().<Resource>map(this::valueSet).toList();
    }

    List<Resource> conceptMaps() {
        var map = new ConceptMap();
        map.setId(site.prefix() + "-snomed-icd10cm");
        map.setUrl(site.definition("ConceptMap/snomed-icd10cm"))
                .setName("SnomedToIcd10cm")
                .setTitle("SNOMED CT conditions to ICD-10-CM (excerpt)")
                .setDescription(EXCERPT)
                .setStatus(PublicationStatus.ACTIVE)
                .setSource(new UriType(site.definition("ValueSet/snomed")))
                .setTarget(new UriType(site.definition("ValueSet/icd10cm")));
        var group = map.addGroup().setSource(SNOMED).setTarget(ICD10CM);
        conditions.forEach(line -> group.addElement()
                .setCode(line.get(0))
                .setDisplay(line.get(1))
                .addTarget()
                .setCode(line.get(2))
                .setDisplay(line.get(3))
                .setEquivalence(Enumerations.ConceptMapEquivalence.RELATEDTO));
        return List.of(map);
    }

    private CodeSystem codeSystem(Vocabulary vocabulary) {
        var system = new CodeSystem();
        system.setId(site.prefix() + "-" + vocabulary.name());
        system.setUrl(vocabulary.system())
                .setName(vocabulary.name())
                .setTitle(vocabulary.title() + " (excerpt)")
                .setDescription(EXCERPT)
                .setStatus(PublicationStatus.ACTIVE)
                .setContent(CodeSystem.CodeSystemContentMode.FRAGMENT)
                .setValueSet(site.definition("ValueSet/" + vocabulary.name()))
                .setCaseSensitive(true);
        vocabulary
                .codes()
                .forEach((code, display) -> system.addConcept().setCode(code).setDisplay(display));
        return system;
    }

    private ValueSet valueSet(Vocabulary vocabulary) {
        var set = new ValueSet();
        set.setId(site.prefix() + "-" + vocabulary.name());
        set.setUrl(site.definition("ValueSet/" + vocabulary.name()))
                .setName(vocabulary.name())
                .setTitle(vocabulary.title() + " codes of the charts (excerpt)")
                .setDescription(EXCERPT)
                .setStatus(PublicationStatus.ACTIVE);
        set.getCompose().addInclude().setSystem(vocabulary.system());
        return set;
    }
}
