package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.List;
import org.ehrhub.sandbox.fhir.SearchParameters.Parameter;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** The CapabilityStatement, made from what the site registers; a filter the site ignores is claimed, as such servers do. */
final class Capabilities {
    private static final List<TypeRestfulInteraction> INTERACTIONS = List.of(
            TypeRestfulInteraction.READ,
            TypeRestfulInteraction.SEARCHTYPE,
            TypeRestfulInteraction.CREATE,
            TypeRestfulInteraction.UPDATE,
            TypeRestfulInteraction.DELETE);

    private final Habits habits;
    private final ResourceStore store;

    Capabilities(Habits habits, ResourceStore store) {
        this.habits = habits;
        this.store = store;
    }

    CapabilityStatement statement(String base) {
        var statement = new CapabilityStatement();
        statement
                .setStatus(PublicationStatus.ACTIVE)
                .setDateElement(new DateTimeType(store.now().toString()))
                .setKind(CapabilityStatementKind.INSTANCE)
                .setFhirVersion(FHIRVersion._4_0_1)
                .addFormat("application/fhir+json");
        statement.getSoftware().setName("EHR Hub sandbox");
        statement
                .getImplementation()
                .setDescription("Synthetic EHR " + habits.site())
                .setUrl(base);
        CapabilityStatementRestComponent rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        if (habits.transactions()) {
            rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
            rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
        }
        store.shelves().forEach((type, shelf) -> describe(rest.addResource().setType(type), shelf));
        return statement;
    }

    private void describe(CapabilityStatementRestResourceComponent resource, Shelf shelf) {
        resource.setVersioning(ResourceVersionPolicy.VERSIONED)
                .setReadHistory(false)
                .setUpdateCreate(false)
                .setConditionalCreate(true)
                .setConditionalRead(ConditionalReadStatus.NOTMATCH)
                .setConditionalUpdate(false)
                .setConditionalDelete(ConditionalDeleteStatus.NOTSUPPORTED);
        INTERACTIONS.forEach(interaction -> resource.addInteraction().setCode(interaction));
        for (Parameter parameter : shelf.parameters().all()) {
            resource.addSearchParam()
                    .setName(parameter.name())
                    .setDefinition(parameter.uri())
                    .setType(SearchParamType.fromCode(parameter.kind().getCode()));
            if (parameter.kind() == RestSearchParameterTypeEnum.REFERENCE) {
                resource.addSearchInclude(resource.getType() + ":" + parameter.name());
            }
        }
        if (habits.findsFreeTimes() && resource.getType().equals("Appointment")) {
            resource.addOperation()
                    .setName("find")
                    .setDefinition("https://" + habits.site() + ".example/OperationDefinition/appointment-find");
        }
    }
}
