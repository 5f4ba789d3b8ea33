package org.ehrhub.benchmarks.ehr;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;

/**
 * The patients of an EHR.
 *
 * @param client asks the EHR
 */
public record Patients(IGenericClient client) {
    /** Ids of this many patients, or of all when there are fewer. */
    public List<String> ids(int most) {
        return read(most).stream().map(Patient::getIdPart).toList();
    }

    /** Reads pages until there are this many patients, or no more. */
    public List<Patient> read(int most) {
        var found = new ArrayList<Patient>();
        var page = client.search()
                .forResource(Patient.class)
                .returnBundle(Bundle.class)
                .execute();
        while (page != null) {
            page.getEntry().forEach(entry -> found.add((Patient) entry.getResource()));
            var more = found.size() < most && page.getLink(IBaseBundle.LINK_NEXT) != null;
            page = more ? client.loadPage().next(page).execute() : null;
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("The EHR has no patients");
        }
        return found.subList(0, Math.min(most, found.size()));
    }

    /** Creates copies without what refers to other records, and gives their ids. */
    public List<String> create(List<Patient> patients) {
        var ids = new ArrayList<String>();
        for (var patient : patients) {
            var copy = patient.copy();
            copy.setId((String) null);
            copy.setMeta(null);
            copy.setManagingOrganization(null);
            copy.setGeneralPractitioner(null);
            ids.add(client.create().resource(copy).execute().getId().getIdPart());
        }
        return ids;
    }
}
