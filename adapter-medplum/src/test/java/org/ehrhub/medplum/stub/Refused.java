package org.ehrhub.medplum.stub;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused, with the OperationOutcome that says so. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ObjectNode outcome;

    Refused(ObjectNode outcome) {
        super(Json.text(outcome.path("issue").path(0), "details", "text"));
        this.outcome = outcome;
    }

    static Refused bad(String text) {
        return new Refused(Outcomes.error(null, "invalid", text));
    }

    static Refused bad(String text, String expression) {
        var refused = bad(text);
        refused.issue().putArray("expression").add(expression);
        return refused;
    }

    /**
     * What is wrong with a part of a resource.
     *
     * @param code {@code structure} or {@code invariant}
     */
    record Problem(String code, String path, String words) {}

    static Refused invalid(List<Problem> problems) {
        var outcome = Json.resource("OperationOutcome");
        var issues = outcome.putArray("issue");
        for (var problem : problems) {
            var issue = issues.addObject().put("severity", "error").put("code", problem.code());
            issue.putObject("details").put("text", problem.words());
            issue.putArray("expression").add(problem.path());
        }
        return new Refused(outcome);
    }

    static Refused unknownType() {
        return new Refused(Outcomes.error(null, "structure", "Unknown resource type"));
    }

    static Refused unauthorized() {
        return new Refused(Outcomes.error("unauthorized", "login", "Unauthorized"));
    }

    static Refused forbidden() {
        return new Refused(Outcomes.error("forbidden", "forbidden", "Forbidden"));
    }

    static Refused notFound() {
        return new Refused(Outcomes.error("not-found", "not-found", "Not found"));
    }

    static Refused gone() {
        return new Refused(Outcomes.error("gone", "deleted", "Gone"));
    }

    static Refused conflict(String text) {
        return new Refused(Outcomes.error("conflict", "conflict", text));
    }

    static Refused stale() {
        return new Refused(Outcomes.error("precondition-failed", "processing", "Precondition Failed"));
    }

    static Refused severalMatches() {
        return new Refused(
                Outcomes.error("multiple-matches", "multiple-matches", "Multiple resources found matching condition"));
    }

    static Refused tooLarge() {
        return new Refused(Outcomes.error("content-too-large", "too-long", "Request body too large"));
    }

    static Refused tooMany(long consumed, int limit, long millis) {
        var refused = new Refused(Outcomes.error("too-many-requests", "throttled", "Too Many Requests"));
        refused.issue()
                .put(
                        "diagnostics",
                        ("{\"_remainingPoints\":0,\"_msBeforeNext\":%d,\"_consumedPoints\":%d,"
                                        + "\"_isFirstInDuration\":false,\"limit\":%d}")
                                .formatted(millis, consumed, limit));
        return refused;
    }

    static Refused resourceCap() {
        var refused = new Refused(Outcomes.error("business-rule", "business-rule", "Resource cap exceeded"));
        ((ObjectNode) refused.issue().path("details")).put("id", "resource-cap");
        return refused;
    }

    static Refused onBehalf(String reason) {
        var refused = bad("Authentication error");
        refused.issue().put("diagnostics", "OperationOutcomeError: " + reason);
        return refused;
    }

    private ObjectNode issue() {
        return (ObjectNode) outcome.path("issue").get(0);
    }

    ObjectNode outcome() {
        return outcome.deepCopy();
    }

    int status() {
        return Outcomes.status(outcome);
    }

    boolean isTooMany() {
        return Json.id(outcome).equals("too-many-requests");
    }
}
