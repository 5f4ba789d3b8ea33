package org.ehrhub.testkit.faults;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A page of a FHIR search (R4, 3.1.1.6) with something wrong in it; whatever else an answer is stays as it is. */
final class TamperedBundle {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private TamperedBundle() {}

    static Answer withTotal(Answer answer, int total) {
        return changed(answer, page -> page.put("total", total));
    }

    static Answer withNext(Answer answer, String url) {
        return changed(answer, page -> {
            var links = page.withArray("link");
            for (int at = links.size() - 1; at >= 0; at--) {
                if (links.get(at).path("relation").asString("").equals("next")) {
                    links.remove(at);
                }
            }
            links.addObject().put("relation", "next").put("url", url);
        });
    }

    /** Changes a page. */
    @FunctionalInterface
    private interface Change {
        /** Changes it in place. */
        void on(ObjectNode page);
    }

    private static Answer changed(Answer answer, Change change) {
        try {
            if (JSON.readTree(answer.body()) instanceof ObjectNode page
                    && page.path("type").asString("").equals("searchset")) {
                change.on(page);
                return answer.with(JSON.writeValueAsString(page));
            }
            return answer;
        } catch (JacksonException e) {
            return answer; // not JSON
        }
    }
}
