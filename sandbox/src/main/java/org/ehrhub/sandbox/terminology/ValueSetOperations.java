package org.ehrhub.sandbox.terminology;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/** {@code ValueSet/$expand} and {@code ValueSet/$validate-code} (FHIR R4). */
public final class ValueSetOperations {
    private static final String DEFINED = "http://hl7.org/fhir/OperationDefinition/ValueSet-";
    private static final int LARGEST = 100;

    private final Codes codes;
    private final Records records;

    /** The operations over one site's value sets. */
    public ValueSetOperations(Records records) {
        this.records = records;
        this.codes = new Codes(records);
    }

    /** The concepts whose display has words beginning with each word of the filter, a hundred at most at a time. */
    @Operation(name = "$expand", typeName = "ValueSet", idempotent = true, canonicalUrl = DEFINED + "expand")
    public ValueSet expand(
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "filter") @Nullable StringType filter,
            @OperationParam(name = "offset") @Nullable IntegerType offset,
            @OperationParam(name = "count") @Nullable IntegerType count) {
        var set = codes.valueSet(url == null ? null : url.getValue());
        var matching = codes.concepts(set)
                .filter(concept -> filter == null || hasWords(concept.display(), filter.getValue()))
                .toList();
        int from = Math.min(number(offset, 0), matching.size());
        int until = Math.min(from + Math.min(number(count, LARGEST), LARGEST), matching.size());
        var expanded = set.copy();
        var expansion = expanded.getExpansion()
                .setIdentifier("urn:uuid:" + UUID.randomUUID())
                .setTimestampElement(new DateTimeType(records.now().toString()))
                .setTotal(matching.size())
                .setOffset(from);
        matching.subList(from, until)
                .forEach(concept -> expansion
                        .addContains()
                        .setSystem(concept.system())
                        .setCode(concept.code())
                        .setDisplay(concept.display()));
        return expanded;
    }

    /** Whether a code is in a value set. */
    @Operation(
            name = "$validate-code",
            typeName = "ValueSet",
            idempotent = true,
            canonicalUrl = DEFINED + "validate-code")
    public Parameters validate(
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "display") @Nullable StringType display,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        var asked = Asked.of(system, code, coding).shown(display);
        return asked.answer(codes.concepts(codes.valueSet(url == null ? null : url.getValue()))
                .filter(concept ->
                        concept.code().equals(asked.code()) && concept.system().equals(asked.system()))
                .findFirst());
    }

    private static int number(@Nullable IntegerType given, int otherwise) {
        if (given != null && given.getValue() < 0) {
            throw new InvalidRequestException("offset and count must not be negative");
        }
        return given == null ? otherwise : given.getValue();
    }

    private static boolean hasWords(String display, String filter) {
        var words = List.of(display.toLowerCase(Locale.ROOT).split("\\W+", -1));
        return Arrays.stream(filter.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
                .allMatch(wanted -> words.stream().anyMatch(word -> word.startsWith(wanted)));
    }
}
