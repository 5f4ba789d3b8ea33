package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.ToolCall.Position;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private final Cursors cursors = new Cursors(SampleCalls.JSON.wire(), new Seals(new byte[32]));
    private final ToolCall call = SampleCalls.search("alpha");

    @Test
    void givesBackThePlacesInTheirOrder() {
        var places = new LinkedHashMap<String, Position>();
        places.put("beta", new Position("https://x?p=2", 0));
        places.put("alpha", new Position(null, 7));

        assertThat(cursors.open(call, cursors.seal(call, places).orElseThrow())).containsExactlyEntriesOf(places);
    }

    @Test
    void thereIsNoCursorAtTheEnd() {
        assertThat(cursors.seal(call, Map.of())).isEmpty();
    }

    @Test
    void isOfOneCallerAlone() {
        var cursor = cursors.seal(call, Map.of("alpha", new Position("2", 0))).orElseThrow();
        var other = new ToolCall(
                PatientTools.SEARCH, call.input(), new CallContext("c", new Caller("eve", Set.of()), Instant.MAX));
        other.input(call.input(), call::digest);

        assertThatThrownBy(() -> cursors.open(other, cursor))
                .isInstanceOf(CallRefused.class)
                .hasMessageStartingWith("`cursor`");
    }

    @Test
    void isOfOneSetOfArgumentsAlone() {
        var cursor = cursors.seal(call, Map.of("alpha", new Position("2", 0))).orElseThrow();
        var other = SampleCalls.search("alpha");
        other.input(other.input(), () -> "another digest");

        assertThatThrownBy(() -> cursors.open(other, cursor)).isInstanceOf(CallRefused.class);
    }
}
