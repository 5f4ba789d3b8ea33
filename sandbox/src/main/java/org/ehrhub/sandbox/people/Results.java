package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.LOINC;
import static org.ehrhub.sandbox.people.SiteFacts.analyte;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;
import static org.ehrhub.sandbox.people.SiteFacts.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Resource;

/**
 * Laboratory results and vital signs, with UCUM units, reference ranges and interpretation; one in forty was entered in
 * error. Every second person has whole panels as well, every eighth three of them over two years.
 */
final class Results {
    private final SiteFacts site;
    private final List<List<String>> labs;
    private final List<List<String>> vitals;
    private final List<List<String>> panel;

    Results(SiteFacts site, WordList charts) {
        this.site = site;
        this.panel = charts.lines("panel." + site.key());
        this.labs = charts.lines("lab." + site.key());
        this.vitals = charts.lines("vital");
    }

    List<Resource> of(Person person, int index) {
        var random = site.random(person.number(), "Observation");
        var made = new ArrayList<Resource>();
        for (int draw = 0; draw < 6; draw++) {
            var lab = measured(Population.one(labs, random), "laboratory", index, random);
            lab.setId(site.patientId(index) + "-lab-" + draw);
            made.add(lab);
        }
        for (int vital = 0; vital < vitals.size(); vital++) {
            var sign = measured(vitals.get(vital), "vital-signs", index, random);
            sign.setId(site.patientId(index) + "-vital-" + vital);
            made.add(sign);
        }
        made.add(bloodPressure(index, random));
        for (int number = 0; number < panels(index); number++) {
            made.addAll(panel(person, index, number));
        }
        return made;
    }

    /** How many panels a person has had, numbered from 0, the newest. */
    static int panels(int index) {
        return index % 8 == 0 ? 3 : index % 2 == 0 ? 1 : 0;
    }

    /** When the blood of a panel was taken. */
    DateTimeType taken(Person person, int number) {
        var random = site.random(person.number(), "Panel" + number);
        return site.past(240 * number + 3 + random.nextInt(120), 7 + random.nextInt(4), random.nextInt(60));
    }

    int panelSize() {
        return panel.size();
    }

    private List<Observation> panel(Person person, int index, int number) {
        var random = site.random(person.number(), "PanelValues" + number);
        var made = new ArrayList<Observation>();
        for (int part = 0; part < panel.size(); part++) {
            var result = measured(panel.get(part), "laboratory", index, random);
            result.setId(site.patientId(index) + "-panel-" + number + "-" + part);
            result.setStatus(ObservationStatus.FINAL)
                    .setEffective(taken(person, number))
                    .addPerformer(site.hospital());
            made.add(result);
        }
        return made;
    }

    private Observation measured(List<String> line, String category, int index, SplittableRandom random) {
        var observation = started(category, index, random);
        observation.setCode(analyte(line.get(0), line.get(1)));
        double low = Double.parseDouble(line.get(5));
        double value = low + random.nextDouble() * (Double.parseDouble(line.get(6)) - low);
        var rounded = BigDecimal.valueOf(value).setScale(Integer.parseInt(line.get(7)), RoundingMode.HALF_UP);
        observation.setValue(quantity(rounded, line.get(2)));
        if (category.equals("laboratory")) {
            var lowest = new BigDecimal(line.get(3));
            var highest = new BigDecimal(line.get(4));
            observation
                    .addReferenceRange()
                    .setLow(quantity(lowest, line.get(2)))
                    .setHigh(quantity(highest, line.get(2)));
            observation.addInterpretation(hl7(
                    "v3-ObservationInterpretation",
                    rounded.compareTo(lowest) < 0 ? "L" : rounded.compareTo(highest) > 0 ? "H" : "N"));
        }
        return observation;
    }

    private Observation bloodPressure(int index, SplittableRandom random) {
        var observation = started("vital-signs", index, random);
        observation.setId(site.patientId(index) + "-vital-bp");
        observation.setCode(concept(LOINC, "85354-9", "Blood pressure panel with all children optional"));
        observation
                .addComponent()
                .setCode(concept(LOINC, "8480-6", "Systolic blood pressure"))
                .setValue(quantity(BigDecimal.valueOf(100 + random.nextInt(70)), "mm[Hg]"));
        observation
                .addComponent()
                .setCode(concept(LOINC, "8462-4", "Diastolic blood pressure"))
                .setValue(quantity(BigDecimal.valueOf(60 + random.nextInt(35)), "mm[Hg]"));
        return observation;
    }

    private Observation started(String category, int index, SplittableRandom random) {
        var taken = site.today().minusDays(1 + random.nextInt(720)).atTime(8 + random.nextInt(9), random.nextInt(60));
        var observation = new Observation();
        observation
                .setStatus(random.nextInt(40) == 0 ? ObservationStatus.ENTEREDINERROR : ObservationStatus.FINAL)
                .addCategory(hl7("observation-category", category))
                .setSubject(site.patient(index))
                .setEffective(new DateTimeType(site.written(taken.atZone(site.zone()))));
        return observation;
    }
}
