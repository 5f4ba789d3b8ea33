package org.ehrhub.routes;

/** The steps of a call in their order; see {@link ToolCallRoute}. */
public record ToolCallSteps(
        CallStep validateInput,
        CallStep resolveEhrs,
        CallStep authorise,
        CallStep breakGlass,
        CallStep guardCharts,
        CallStep checkLedger,
        CallStep requireApproval,
        CallStep spendAllowance,
        CallStep auditIntent,
        CallStep callEhrs,
        CallStep readBack,
        CallStep guardRows,
        CallStep withholdSensitive,
        CallStep minimiseFields,
        CallStep settleLedger,
        CallStep boundAnswer,
        CallStep settleAllowance,
        CallStep auditOutcome,
        CallStep tellWatch) {}
