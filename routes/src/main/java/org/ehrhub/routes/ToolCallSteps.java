package org.ehrhub.routes;

/** The steps of a call in their order; see {@link ToolCallRoute}. */
public record ToolCallSteps(
        CallStep validateInput,
        CallStep resolveEhrs,
        CallStep authorise,
        CallStep checkLedger,
        CallStep requireApproval,
        CallStep auditIntent,
        CallStep callEhrs,
        CallStep readBack,
        CallStep minimiseFields,
        CallStep settleLedger,
        CallStep boundAnswer,
        CallStep auditOutcome) {}
