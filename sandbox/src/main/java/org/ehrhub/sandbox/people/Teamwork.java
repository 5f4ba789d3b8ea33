package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Who is to do what for a person, and who told whom: care plans, tasks, messages. */
final class Teamwork {
    private final SiteFacts site;
    private final Staff staff;
    private final Problems problems;
    private final List<List<String>> plans;
    private final List<List<String>> messages;

    Teamwork(SiteFacts site, Staff staff, Problems problems, WordList charts) {
        this.site = site;
        this.staff = staff;
        this.problems = problems;
        this.plans = charts.lines("plan");
        this.messages = charts.lines("message");
    }

    /** A plan for each person with a problem, written out as US Core wants it. */
    List<Resource> carePlans(Person person, int index) {
        var chosen = problems.chosen(person).iterator();
        if (!chosen.hasNext()) {
            return List.of();
        }
        var random = site.random(person.number(), "CarePlan");
        List<String> line = Population.one(plans, random);
        var plan = new CarePlan();
        plan.setId(site.patientId(index) + "-plan-1");
        plan.getText().setStatus(Narrative.NarrativeStatus.GENERATED).setDivAsString(line.get(0) + ": " + line.get(1));
        plan.setStatus(random.nextInt(5) == 0 ? CarePlan.CarePlanStatus.COMPLETED : CarePlan.CarePlanStatus.ACTIVE)
                .setIntent(CarePlan.CarePlanIntent.PLAN)
                .addCategory(new CodeableConcept()
                        .addCoding(new Coding()
                                .setSystem("http://hl7.org/fhir/us/core/CodeSystem/careplan-category")
                                .setCode("assess-plan")))
                .setTitle(line.get(0))
                .setDescription(line.get(1))
                .setSubject(site.patient(index))
                .setPeriod(new Period().setStartElement(site.pastDay(20 + random.nextInt(400))))
                .setAuthor(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)))
                .addAddresses(site.own("Condition", index, "-cond-" + chosen.next()));
        line.subList(1, line.size())
                .forEach(activity -> plan.addActivity()
                        .getDetail()
                        .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                        .setDescription(activity));
        return List.of(plan);
    }

    /** An open task for each test still to be done, and one done for each third referral. */
    List<Resource> tasks(Person person, int index) {
        var made = new ArrayList<Resource>();
        if (Orders.hasOpenTest(index) && index % 4 == 1) {
            made.add(task(person, index, "-task-1")
                    .setStatus(index % 8 == 1 ? TaskStatus.REQUESTED : TaskStatus.INPROGRESS)
                    .setPriority(index % 8 == 1 ? TaskPriority.URGENT : TaskPriority.ROUTINE)
                    .setDescription("Call the patient in for the blood test.")
                    .setFocus(site.own("ServiceRequest", index, "-order-1")));
        }
        if (Orders.hasReferral(index) && index % 9 == 1) {
            made.add(task(person, index, "-task-2")
                    .setStatus(TaskStatus.COMPLETED)
                    .setPriority(TaskPriority.ROUTINE)
                    .setDescription("Ask the patient whom to be referred to.")
                    .setFocus(site.own("ServiceRequest", index, "-referral-1")));
        }
        return made;
    }

    private Task task(Person person, int index, String suffix) {
        var random = site.random(person.number(), "Task" + suffix);
        var written = site.past(1 + random.nextInt(20), 9 + random.nextInt(8), random.nextInt(60));
        var task = new Task();
        task.setId(site.patientId(index) + suffix);
        task.addIdentifier(site.identifier("task", site.patientId(index) + suffix));
        task.getRestriction()
                .setPeriod(new Period()
                        .setEndElement(new DateTimeType(site.today().plusDays(7).toString())));
        return task.setIntent(Task.TaskIntent.ORDER)
                .setFor(site.patient(index))
                .setAuthoredOnElement(written)
                .setLastModifiedElement(written)
                .setRequester(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)))
                .setOwner(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)));
    }

    /** For every third person a message, to the patient or from them. */
    List<Resource> communications(Person person, int index) {
        if (index % 3 != 2) {
            return List.of();
        }
        var random = site.random(person.number(), "Communication");
        var practitioner = staff.practitioner(random.nextInt(Staff.PRACTITIONERS));
        boolean fromPatient = random.nextBoolean();
        var message = new Communication();
        message.setId(site.patientId(index) + "-msg-1");
        message.addIdentifier(site.identifier("message", site.patientId(index) + "-msg-1"));
        message.setStatus(Communication.CommunicationStatus.COMPLETED)
                .addCategory(hl7("communication-category", "notification"))
                .setSubject(site.patient(index))
                .setSentElement(site.past(1 + random.nextInt(90), 8 + random.nextInt(10), random.nextInt(60)))
                .setSender(fromPatient ? site.patient(index) : practitioner)
                .addRecipient(fromPatient ? practitioner : site.patient(index));
        message.addPayload()
                .setContent(new StringType(Population.one(messages, random).getFirst()));
        return List.of(message);
    }
}
