package org.ehrhub.fhir.resources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.hl7.fhir.r4.model.Resource;

/**
 * FHIR JSON of a caller, looked through before it is read: HAPI writes a number out digit by digit, so that a short one with
 * a long exponent would keep a processor busy for hours.
 */
final class CallerJson {
    private static final int DEEPEST = 60;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]{1,40}([eE][+-]?[0-9]{1,2})?");
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+]?[0-9.]+[eE][-+]?[0-9]+");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** Keeps numbers as they were written. */
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private CallerJson() {}

    /**
     * The resource in an argument.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is not FHIR R4
     */
    static Resource resource(String json, String argument) {
        check(json, argument);
        return FhirServer.parse(json);
    }

    /**
     * Any JSON in an argument.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is none
     */
    static JsonNode tree(String json, String argument) {
        check(json, argument);
        try {
            var tree = TREES.readTree(json);
            if (!tree.isMissingNode()) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            throw unread(argument);
        }
        throw unread(argument);
    }

    /** A list to be filled. */
    static ArrayNode list() {
        return TREES.createArrayNode();
    }

    private static void check(String json, String argument) {
        try (var parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (isBeyondUse(parser)) {
                    throw Refused.of(
                            argument, "holds a number that is longer than any that is measured.", "Check its numbers.");
                }
            }
        } catch (IOException e) {
            throw unread(argument);
        }
    }

    private static EhrFailure unread(String argument) {
        return Refused.of(argument, "is not JSON that can be read.", "Check its brackets, names, quotes and nesting.");
    }

    private static boolean isBeyondUse(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                !NUMBER.matcher(parser.getText()).matches();
            case VALUE_STRING ->
                LIKE_A_NUMBER.matcher(parser.getText()).matches()
                        && !NUMBER.matcher(parser.getText()).matches();
            default -> false;
        };
    }
}
