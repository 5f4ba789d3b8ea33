package org.ehrhub.routes.steps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.ToolCall.Position;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.tools.ErrorCode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's cursors: where each EHR's list goes on, sealed for one caller and one set of arguments. */
public final class Cursors {
    /** Bytes to keep free for a cursor and the words around it. */
    static final int ROOM = 1024;
    /** Characters that the contracts let a caller pass back. */
    static final int MAX_LENGTH = 4000;

    private final JsonMapper json;
    private final Seals seals;

    /** Cursors under these seals. */
    public Cursors(JsonMapper json, Seals seals) {
        this.json = json;
        this.seals = seals;
    }

    /** The cursor of these places; empty when no list goes on. */
    public Optional<String> seal(ToolCall call, Map<String, Position> places) {
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(seals.seal(purpose(call), json.writeValueAsString(places)));
    }

    /**
     * The places in a cursor.
     *
     * @throws CallRefused when it is not a cursor that this caller got for these arguments
     */
    public Map<String, Position> open(ToolCall call, String cursor) {
        var content = seals.open(purpose(call), cursor)
                .orElseThrow(() -> new CallRefused(
                        ErrorCode.INVALID_INPUT,
                        "`cursor` is not one that this call was given",
                        "Pass the cursor of the answer before unchanged, with the same other arguments; or leave it out"
                                + " to start again."));
        var places = new LinkedHashMap<String, Position>();
        json.readTree(content)
                .properties()
                .forEach(place -> places.put(place.getKey(), json.treeToValue(place.getValue(), Position.class)));
        return places;
    }

    private static String purpose(ToolCall call) {
        return "cursor " + call.context().caller().principal() + " " + call.digest();
    }
}
