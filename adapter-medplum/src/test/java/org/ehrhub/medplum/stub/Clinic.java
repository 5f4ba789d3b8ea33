package org.ehrhub.medplum.stub;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Puts a small clinic into a Medplum: synthetic people, and visits of half an hour on working days from nine to five. */
public final class Clinic {
    private final UnaryOperator<String> create;
    private final Map<String, String> codes = new ConcurrentHashMap<>();

    /**
     * A clinic that is put in resource by resource.
     *
     * @param create creates a resource, given as JSON, and answers its reference
     */
    public Clinic(UnaryOperator<String> create) {
        this.create = create;
    }

    /** A patient, as {@code Patient/1}. */
    public String patient(String family, String given) {
        return put("""
                {"resourceType":"Patient","active":true,"name":[{"family":"%s","given":["%s"]}],
                 "gender":"female","birthDate":"1980-02-29"}""".formatted(family, given));
    }

    /** A practitioner, as {@code Practitioner/1}. */
    public String practitioner(String family) {
        return put("""
                {"resourceType":"Practitioner","active":true,"name":[{"family":"%s","given":["Grace"],"prefix":["Dr"]}]}""".formatted(family));
    }

    /**
     * A service that Medplum schedules, as {@code HealthcareService/1}.
     *
     * @param bufferMinutes what is kept free after a visit
     */
    public String service(String name, int bufferMinutes) {
        var code = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        var scheduling = """
            {"url":"https://medplum.com/fhir/StructureDefinition/SchedulingParameters","extension":[
              {"url":"duration","valueDuration":{"value":30,"unit":"min"}},
              {"url":"alignmentInterval","valueDuration":{"value":30,"unit":"min"}},
              {"url":"bufferAfter","valueDuration":{"value":%d,"unit":"min"}},
              {"url":"timezone","valueCode":"America/New_York"}]}""".formatted(bufferMinutes);
        var service = put("""
                {"resourceType":"HealthcareService","active":true,"name":"%s",
                 "type":[{"coding":[{"system":"urn:example:services","code":"%s","display":"%s"}]}],
                 "availableTime":[{"daysOfWeek":["mon","tue","wed","thu","fri"],
                   "availableStartTime":"09:00:00","availableEndTime":"17:00:00"}],
                 "extension":[%s]}""".formatted(name, code, name, scheduling));
        codes.put(service, code);
        return service;
    }

    /** A schedule of a practitioner that Medplum manages for a service, as {@code Schedule/1}. */
    public String schedule(String practitioner, String service) {
        return put("""
                {"resourceType":"Schedule","active":true,"actor":[{"reference":"%s","display":"Dr Grace Hill"}],
                 "serviceType":[{"coding":[{"system":"urn:example:services","code":"%s"}],
                   "extension":[{"url":"https://medplum.com/fhir/service-type-reference",
                     "valueReference":{"reference":"%s"}}]}]}""".formatted(practitioner, codes.getOrDefault(service, ""), service));
    }

    /** A schedule that Medplum does not manage: it names no service. */
    public String plainSchedule(String practitioner) {
        return put("""
                {"resourceType":"Schedule","active":true,"actor":[{"reference":"%s","display":"Dr Grace Hill"}]}""".formatted(practitioner));
    }

    private String put(String json) {
        return create.apply(json);
    }
}
