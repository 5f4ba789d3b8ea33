package org.ehrhub.medplum.stub;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Locale;
import java.util.function.Supplier;
import org.ehrhub.sandbox.terminology.CodeSystemOperations;
import org.ehrhub.sandbox.terminology.ConceptMapOperations;
import org.ehrhub.sandbox.terminology.ValueSetOperations;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The terminology operations over what is stored: an unknown value set is a bad request here, an unknown code a 404. */
final class Terminology {
    private static final int COST = 20;

    private final Archive archive;
    private final CodeSystemOperations systems;
    private final ValueSetOperations sets;
    private final ConceptMapOperations maps;

    Terminology(Archive archive) {
        this.archive = archive;
        this.systems = new CodeSystemOperations(archive.index());
        this.sets = new ValueSetOperations(archive.index());
        this.maps = new ConceptMapOperations(archive.index());
    }

    Said lookup(Call call) {
        var given = new Given(call.asked());
        return answer(
                call, () -> systems.lookup(given.uri("system"), given.code("code"), given.coding()), Refused::notFound);
    }

    Said validateInSystem(Call call) {
        var given = new Given(call.asked());
        var url = given.uri("url") == null ? given.uri("system") : given.uri("url");
        return answer(
                call,
                () -> systems.validate(url, given.code("code"), given.text("display"), given.coding()),
                Refused::notFound);
    }

    Said expand(Call call) {
        var given = new Given(call.asked());
        return answer(
                call,
                () -> sets.expand(set(given), given.text("filter"), given.number("offset"), given.number("count")),
                () -> unknownSet(given));
    }

    Said validateInSet(Call call) {
        var given = new Given(call.asked());
        return answer(
                call,
                () -> sets.validate(
                        set(given), given.uri("system"), given.code("code"), given.text("display"), given.coding()),
                () -> unknownSet(given));
    }

    Said translate(Call call) {
        var given = new Given(call.asked());
        return answer(
                call,
                () -> maps.translate(
                        given.uri("url"),
                        given.uri("system"),
                        given.code("code"),
                        given.uri("targetsystem"),
                        given.coding()),
                () -> Refused.bad("ConceptMap not found"));
    }

    private static UriType set(Given given) {
        var url = given.uri("url");
        if (url == null) {
            throw Refused.bad("Missing url");
        }
        return url;
    }

    private static Refused unknownSet(Given given) {
        return Refused.bad("ValueSet " + given.value("url") + " not found");
    }

    private Said answer(Call call, Supplier<Resource> work, Supplier<Refused> unknown) {
        call.charge(COST);
        try {
            var text = archive.fhir().newJsonParser().encodeResourceToString(work.get());
            return Said.of(200, Said.FHIR, text);
        } catch (ResourceNotFoundException e) {
            throw unknown.get();
        } catch (BaseServerResponseException e) {
            throw Refused.bad(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
        }
    }

    /** The parameters of an operation, from the query or from a Parameters resource. */
    private static final class Given {
        private final Asked asked;
        private final JsonNode body;

        Given(Asked asked) {
            this.asked = asked;
            this.body = asked.json();
        }

        @Nullable
        String value(String name) {
            var named = Json.named(body, name);
            for (var property : named.properties()) {
                if (property.getKey().startsWith("value")) {
                    return property.getValue().asString("");
                }
            }
            return asked.parameter(name).orElse(null);
        }

        @Nullable
        UriType uri(String name) {
            var value = value(name);
            return value == null ? null : new UriType(value);
        }

        @Nullable
        CodeType code(String name) {
            var value = value(name);
            return value == null ? null : new CodeType(value);
        }

        @Nullable
        StringType text(String name) {
            var value = value(name);
            return value == null ? null : new StringType(value);
        }

        @Nullable
        IntegerType number(String name) {
            var value = value(name);
            return value == null ? null : new IntegerType(value);
        }

        @Nullable
        Coding coding() {
            var coding = Json.named(body, "coding").path("valueCoding");
            return coding.isMissingNode()
                    ? null
                    : new Coding(Json.text(coding, "system"), Json.text(coding, "code"), Json.text(coding, "display"));
        }
    }
}
