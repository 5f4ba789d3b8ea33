package org.ehrhub.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.fhir.client.FhirServer;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Consent says to a call for treatment at noon of 2 March 2026 (UTC). */
class ConsentWordsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String TREAT = "'purpose':[{'code':'TREAT'}]";
    private static final String PAY = "'purpose':[{'code':'HPAYMT'}]";

    static Stream<Arguments> provisions() {
        return Stream.of(
                says("PERMITS", "'type':'permit'"),
                says("DENIES", "'type':'deny'"),
                says("DENIES", "'data':[{'meaning':'instance','reference':{'reference':'Condition/1'}}]"),
                says("PERMITS", "'type':'permit'," + TREAT),
                says("SILENT", "'type':'permit'," + PAY),
                says("DENIES", "'type':'deny'," + TREAT),
                says("SILENT", "'type':'deny'," + PAY),
                says("PERMITS", "'type':'permit','period':{'start':'2026-01-01','end':'2026-12-31'}"),
                says("SILENT", "'type':'permit','period':{'end':'2026-03-01'}"),
                says("SILENT", "'type':'permit','period':{'start':'2026-03-03'}"),
                says("DENIES", "'type':'deny','period':{'end':'2026-03-02'}"),
                says("DENIES", "'type':'deny','period':{'end':'2026-03'}"),
                says("SILENT", "'type':'deny','period':{'end':'2025-12-31'}"),
                // narrowed by what the hub cannot check
                says(
                        "DENIES",
                        "'type':'permit','actor':[{'role':{'text':'x'},'reference':{'reference':'Practitioner/1'}}]"),
                says("DENIES", "'type':'permit','class':[{'code':'Observation'}]"),
                says("DENIES", "'type':'permit','dataPeriod':{'start':'2026-01-01'}"),
                says("DENIES", "'type':'permit','securityLabel':[{'code':'N'}]"),
                says("DENIES", "'type':'permit','extension':[{'url':'https://x.example/only','valueString':'x'}]"),
                says(
                        "DENIES",
                        "'type':'deny','actor':[{'role':{'text':'x'},'reference':{'reference':'Practitioner/1'}}]"),
                // exceptions
                says("DENIES", "'type':'permit','provision':[{'type':'deny'}]"),
                says("DENIES", "'type':'permit','provision':[{'type':'deny','class':[{'code':'Observation'}]}]"),
                says("PERMITS", "'type':'permit','provision':[{'type':'deny'," + PAY + "}]"),
                says("PERMITS", "'type':'deny','provision':[{'type':'permit'," + TREAT + "}]"),
                says("DENIES", "'type':'deny','provision':[{'type':'permit'," + PAY + "}]"),
                says("DENIES", "'type':'deny','provision':[{'type':'permit','class':[{'code':'Observation'}]}]"),
                says(
                        "DENIES",
                        "'type':'permit','provision':[{'type':'deny'," + PAY + ",'provision':[{'type':'permit'}]}]"),
                says("DENIES", "'type':'permit','provision':[{" + PAY + "}]"));
    }

    @ParameterizedTest
    @MethodSource("provisions")
    void isReadForTheWorseWhereItIsNotUnderstood(ChartAccess.Consent expected, String provision) {
        assertThat(words("TREAT").of(consent("active", "patient-privacy", provision)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("states")
    void speaksOnlyWhileItIsInForceAndAboutCharts(ChartAccess.Consent expected, String status, String scope) {
        assertThat(words("TREAT").of(consent(status, scope, "'type':'deny'"))).isEqualTo(expected);
    }

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(ChartAccess.Consent.DENIES, "active", "treatment"),
                Arguments.of(ChartAccess.Consent.SILENT, "draft", "treatment"),
                Arguments.of(ChartAccess.Consent.SILENT, "rejected", "patient-privacy"),
                Arguments.of(ChartAccess.Consent.SILENT, "inactive", "patient-privacy"),
                Arguments.of(ChartAccess.Consent.SILENT, "entered-in-error", "patient-privacy"),
                Arguments.of(ChartAccess.Consent.SILENT, "active", "research"),
                Arguments.of(ChartAccess.Consent.SILENT, "active", "adr"),
                Arguments.of(ChartAccess.Consent.DENIES, "active", "of-our-own"));
    }

    @ParameterizedTest
    @MethodSource("unstated")
    void whoSaysNoPurposeMayHaveAny(ChartAccess.Consent expected, String provision) {
        assertThat(words(null).of(consent("active", "patient-privacy", provision)))
                .isEqualTo(expected);
    }

    static Stream<Arguments> unstated() {
        return Stream.of(
                says("PERMITS", "'type':'permit'"),
                says("DENIES", "'type':'permit'," + TREAT),
                says("DENIES", "'type':'deny'," + PAY));
    }

    private static Arguments says(String expected, String provision) {
        return Arguments.of(ChartAccess.Consent.valueOf(expected), provision);
    }

    private static ConsentWords words(@Nullable String purpose) {
        return new ConsentWords(purpose, NOON);
    }

    private static Consent consent(String status, String scope, String provision) {
        return (Consent)
                FhirServer.parse("""
                {'resourceType':'Consent','status':'%s','scope':{'coding':[{'code':'%s'}]},
                 'category':[{'text':'x'}],'provision':{%s}}""".formatted(status, scope, provision).replace('\'', '"'));
    }
}
