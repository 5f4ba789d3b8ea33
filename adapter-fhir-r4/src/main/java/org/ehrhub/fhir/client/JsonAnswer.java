package org.ehrhub.fhir.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A first look at JSON, before anything is made of it: how deep and how many-sided it is decides what it costs to read it,
 * far more than its length does.
 */
final class JsonAnswer {
    /** Questionnaires and extensions nest, but nothing that people write comes near this. */
    private static final int DEEPEST = 100;

    /** Of FHIR as servers write it; what has shorter tokens throughout was made to fill memory. */
    private static final int BYTES_PER_TOKEN = 20;

    private static final int TOKENS_OF_A_SHORT_ANSWER = 200_000;

    private static final int LONGEST_NUMBER = 100;
    private static final Pattern HUGE = Pattern.compile("-?[0-9][0-9.]*[eE][+-]?[0-9]{4,}");

    private JsonAnswer() {}

    /**
     * The type of the resource in an answer; empty when it does not say.
     *
     * @throws AnswerTooLargeException when it is too deep or has too many parts
     * @throws JsonProcessingException when it is no JSON
     */
    static String resourceType(byte[] json, int mostBytes) throws IOException {
        var type = "";
        try (var parser = factory(mostBytes)
                .createParser(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8))) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && isTypeOfWhole(parser)) {
                    type = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_STRING) {
                    refuseHugeNumber(parser);
                } else if (token == JsonToken.VALUE_NULL && isEntryOfWhole(parser)) {
                    throw new NotFhirException(); // HAPI would pass it over, and a row would be missing unnoticed
                }
            }
            return type;
        } catch (StreamConstraintsException e) {
            throw new AnswerTooLargeException();
        }
    }

    /** A number such as 1e999999999 is short, but takes a gigabyte when somebody writes it out. */
    private static void refuseHugeNumber(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length <= LONGEST_NUMBER && HUGE.matcher(parser.getText()).matches()) {
            throw new AnswerTooLargeException();
        }
    }

    private static boolean isTypeOfWhole(JsonParser parser) throws IOException {
        return parser.getParsingContext().getNestingDepth() == 1 && "resourceType".equals(parser.currentName());
    }

    private static boolean isEntryOfWhole(JsonParser parser) {
        var place = parser.getParsingContext();
        return place.getNestingDepth() == 2
                && place.inArray()
                && "entry".equals(place.getParent().getCurrentName());
    }

    private static JsonFactory factory(int mostBytes) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxTokenCount(Math.max(mostBytes / BYTES_PER_TOKEN, TOKENS_OF_A_SHORT_ANSWER))
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }
}
