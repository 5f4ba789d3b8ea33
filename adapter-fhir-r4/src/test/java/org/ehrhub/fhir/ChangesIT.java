package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.orders.ReferralSubmit;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.patients.PatientUpdate;
import org.ehrhub.tools.tasks.TaskTools;
import org.ehrhub.tools.tasks.TaskUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every tool that changes a record promises, on servers that refuse, forget, or show another record. */
class ChangesIT {
    private static final String KEY = "key0123456789";
    private static final String META = "\"meta\":{\"versionId\":\"3\"}";

    private final ScriptedEhr ehr = new ScriptedEhr(null);
    private final AtomicReference<String> held = new AtomicReference<>("");

    @AfterEach
    void close() {
        ehr.close();
    }

    /**
     * A change.
     *
     * @param target the record's type and id
     * @param rest the record without type, id and meta
     */
    record Case<I extends Record, O extends Record>(CanonicalTool<I, O> tool, I input, String target, String rest) {
        String record() {
            var parts = target.split("/", 2);
            return "{\"resourceType\":\"%s\",\"id\":\"%s\",%s,%s}".formatted(parts[0], parts[1], META, rest);
        }

        @Override
        public String toString() {
            return tool.name();
        }
    }

    static Stream<Case<?, ?>> cases() {
        return Stream.concat(versioned(null), Stream.of(coverage("Patient/p1")));
    }

    static Stream<Case<?, ?>> seenAtVersionTwo() {
        return versioned("2");
    }

    static Stream<Case<?, ?>> seenAtVersionThree() {
        return versioned("3");
    }

    @ParameterizedTest
    @MethodSource({"cases", "seenAtVersionThree"})
    void changesTheRecordUnderTheVersionThatWasRead(Case<?, ?> change) {
        var result = changed(change, change.record());

        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        assertThat(((ToolResult.Ok<?>) result).warnings()).isEmpty();
        assertThat(writes()).singleElement().satisfies(put -> {
            assertThat(put.target()).isEqualTo("/fhir/" + change.target());
            assertThat(put.ifMatch()).isEqualTo("W/\"3\"");
            assertThat(put.body()).contains(KEY);
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesNothingASecondTimeUnderTheSameKey(Case<?, ?> change) {
        var first = changed(change, change.record());

        assertThat(again(change)).isEqualTo(((ToolResult.Ok<?>) first).value());
        assertThat(writes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysThatSomebodyElseWasFirst(Case<?, ?> change) {
        held.set(change.record());
        ehr.server().answers(request -> request.method().equals("PUT") ? new Answer(412, "") : now());

        assertThat(ScriptedEhr.code(call(change))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(writes()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("seenAtVersionTwo")
    void writesNothingWhereTheUserSawAnotherVersion(Case<?, ?> change) {
        assertThat(ScriptedEhr.code(changed(change, change.record()))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesNothingToARecordThatItDoesNotUnderstand(Case<?, ?> change) {
        var modified = change.record().replace(META, META + """
                ,"modifierExtension":[{"url":"https://example.org/not","valueBoolean":true}]""");
        var ruled = change.record().replace(META, META + ",\"implicitRules\":\"https://example.org/rules\"");
        var partial = change.record().replace("\"versionId\":\"3\"", """
                "versionId":"3","tag":[{"code":"SUBSETTED"}]""");
        var unversioned = change.record().replace(META, "\"meta\":{}");

        for (var record : new String[] {modified, ruled, partial, unversioned}) {
            assertThat(ScriptedEhr.code(changed(change, record))).isEqualTo(ErrorCode.UNSUPPORTED);
        }
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesNothingWhereTheServerShowsAnotherRecord(Case<?, ?> change) {
        var other = change.record().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"other\"");

        assertThat(ScriptedEhr.code(changed(change, other))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotCallDoneWhatTheServerTookAndForgot(Case<?, ?> change) {
        held.set(change.record());
        ehr.server().answers(request -> now());

        assertThat(ScriptedEhr.code(call(change))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsByItsKeyWhatWasDoneAndNothingBefore(Case<?, ?> change) {
        held.set(change.record());
        ehr.server().answers(request -> now());
        assertThat(found(change)).isFalse();

        ehr.server().answers(this::stores);
        call(change);

        assertThat(found(change)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bindsAnApprovalToTheVersion(Case<?, ?> change) {
        held.set(change.record());
        ehr.server().answers(request -> now());

        assertThat(version(change)).isEqualTo("3");
    }

    private ToolResult<?> changed(Case<?, ?> change, String record) {
        held.set(record);
        ehr.server().answers(this::stores);
        return call(change);
    }

    private Answer stores(Request request) {
        if (request.method().equals("PUT")) {
            held.set(request.body().replace("\"versionId\":\"3\"", "\"versionId\":\"4\""));
        }
        return now();
    }

    private Answer now() {
        return new Answer(200, held.get());
    }

    private Object again(Case<?, ?> change) {
        return ((ToolResult.Ok<?>) call(change)).value();
    }

    private List<Request> writes() {
        return ehr.server().requests().stream()
                .filter(one -> !one.method().equals("GET"))
                .toList();
    }

    private <I extends Record, O extends Record> ToolResult<O> call(Case<I, O> change) {
        return Handlers.call(ehr.adapter(), change.tool(), change.input(), KEY);
    }

    private <I extends Record, O extends Record> boolean found(Case<I, O> change) {
        return Handlers.reconcile(ehr.adapter(), change.tool(), change.input(), KEY)
                .isPresent();
    }

    private <I extends Record, O extends Record> @Nullable String version(Case<I, O> change) {
        return Handlers.version(ehr.adapter(), change.tool(), change.input()).orElse(null);
    }

    private static Stream<Case<?, ?>> versioned(@Nullable String version) {
        return Stream.of(
                new Case<>(
                        PatientTools.UPDATE,
                        phone(version),
                        "Patient/p1",
                        "\"name\":[{\"family\":\"Hill\"}],\"active\":true"),
                new Case<>(
                        TaskTools.UPDATE,
                        new TaskUpdate(
                                Reference.parse("alpha/Task/t1"), "completed", null, "Done", version, null, null),
                        "Task/t1",
                        "\"status\":\"requested\",\"intent\":\"order\",\"for\":{\"reference\":\"Patient/p1\"}"),
                new Case<>(
                        OrderTools.SUBMIT_REFERRAL,
                        new ReferralSubmit(Reference.parse("alpha/ServiceRequest/r1"), version, null, null),
                        "ServiceRequest/r1",
                        ReferralsIT.referral("draft")));
    }

    private static PatientUpdate phone(@Nullable String version) {
        return new PatientUpdate(
                Reference.parse("alpha/Patient/p1"),
                version,
                null,
                null,
                null,
                null,
                "+1 555 010 0199",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Case<CoverageRecord, Coverage> coverage(String patient) {
        var input = new CoverageRecord(
                Reference.parse("alpha/Patient/p1"),
                Reference.parse("alpha/Coverage/c1"),
                "M2",
                null,
                "Example Health Plan",
                null,
                null,
                null,
                null,
                "2026-12-31",
                "cancelled",
                null,
                null);
        return new Case<>(CoverageTools.RECORD, input, "Coverage/c1", """
                "status":"active","beneficiary":{"reference":"%s"},"subscriberId":"M1",
                "payor":[{"display":"Example Health Plan"}]""".formatted(patient));
    }
}
