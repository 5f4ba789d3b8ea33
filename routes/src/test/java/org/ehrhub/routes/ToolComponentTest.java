package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.patients.PatientGet;
import org.junit.jupiter.api.Test;

/** {@code tool:} in routes: calling tools, and publishing one. */
class ToolComponentTest {
    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 4);

    @Test
    void anUnknownToolFailsWhenTheContextStarts() {
        assertThatThrownBy(() -> start(from("direct:x", "tool:patient.gett")))
                .hasStackTraceContaining("names no tool of the catalogue");
        assertThatThrownBy(() -> start(from("tool:intake.sinc", "direct:x")))
                .hasStackTraceContaining("names no tool of the catalogue");
    }

    @Test
    void twoRoutesCannotPublishOneTool() {
        assertThatThrownBy(() -> start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("tool:appointment.get").to("log:a?level=OFF");
                        from("tool:appointment_get").to("log:b?level=OFF");
                    }
                }))
                .hasStackTraceContaining("Two routes publish appointment.get");
    }

    @Test
    void aRouteCallsAToolWithItsRecordAndGetsItsResult() throws Exception {
        try (var hub = start(from("direct:x", "tool:patient.get"))) {
            var result = send(hub, new PatientGet(Reference.parse("alpha/Patient/a1")));

            assertThat(result).isInstanceOf(ToolResult.Ok.class);
            assertThat(hub.trail().records()).hasSize(1);
        }
    }

    @Test
    void aCallWithoutACallerIsRefused() throws Exception {
        try (var hub = start(from("direct:x", "tool:patient.get"));
                var template = hub.camel().createProducerTemplate()) {
            var exchange = template.send(
                    "direct:x", e -> e.getMessage().setBody(new PatientGet(Reference.parse("alpha/Patient/a1"))));

            assertThat(exchange.getException()).hasMessageContaining("carries a CallContext");
            assertThat(alpha.calls()).isEmpty();
        }
    }

    @Test
    void anythingElseThanItsInputIsInvalid() throws Exception {
        try (var hub = start(from("direct:x", "tool:patient.get"))) {
            assertThat(send(hub, new AppointmentGet(Reference.parse("alpha/Appointment/x"))))
                    .isInstanceOfSatisfying(
                            ToolResult.Failed.class,
                            failed -> assertThat(failed.code().name()).isEqualTo("INVALID_INPUT"));
            assertThat(send(hub, null)).isInstanceOf(ToolResult.Failed.class);
            assertThat(alpha.calls()).isEmpty();
        }
    }

    @Test
    void aPublishedRouteIsAToolAndTakesTheWholePath() throws Exception {
        try (var hub = start(composite())) {
            var answer = hub.call("appointment.get", "{'appointment':'alpha/Appointment/x'}");

            assertThat(answer.failed()).as(answer.text()).isFalse();
            assertThat(answer.json().get("item").get("reason").stringValue()).isEqualTo("from a1");
            assertThat(alpha.calls("appointment.get"))
                    .as("the route stands in for it")
                    .isZero();
            var records = hub.trail().records();
            assertThat(records)
                    .extracting(AuditTrail.Entry::tool)
                    .containsExactly("patient.get", "patient.get", "appointment.get");
            var outer = records.get(2).callId();
            assertThat(records).extracting(AuditTrail.Entry::callId).containsExactly(outer + ".1", outer + ".2", outer);
        }
    }

    @Test
    void theInnerCallsOfAPublishedRouteNeedNoSecondPlaceAtTheEhr() throws Exception {
        var onePlace = new Limits(Duration.ofSeconds(20), 1, 0, 16 * 1024);
        try (var hub =
                TestHub.of(alpha.entry()).with(composite()).with(onePlace).start()) {
            assertThat(hub.call("appointment.get", "{'appointment':'alpha/Appointment/x'}")
                            .failed())
                    .isFalse();
            assertThat(alpha.calls("patient.get")).isEqualTo(2);
        }
    }

    @Test
    void aPublishedRouteIsHeldToPolicyAndSoAreItsInnerCalls() throws Exception {
        var nothing = TestHub.of(alpha.entry()).with(composite());
        try (var hub = nothing.with(Policy.NOTHING).start()) {
            assertThat(code(hub.call("appointment.get", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("DENIED");
            assertThat(alpha.calls()).isEmpty();
        }
        var onlyCancel =
                new Policy(List.of(new Grant("nurse", "alpha", false, Set.of("appointment.cancel"))), Set.of());
        try (var hub = TestHub.of(alpha.entry())
                .with(onlyCancel)
                .with(from("tool:appointment.cancel", "tool:patient.get"))
                .start()) {
            hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x'}");
            assertThat(alpha.calls()).isEmpty();
        }
    }

    @Test
    void aPublishedRouteThatNoEhrRegistersIsListedAndCallable() throws Exception {
        var bare = new ScriptedEhr(ToolHandlers.builder().build()).entry("alpha");
        try (var hub = TestHub.of(bare).with(composite(false)).start()) {
            assertThat(hub.routes().toolsOf(TestHub.NURSE))
                    .extracting(tool -> tool.name())
                    .containsExactly("ehr.list", "appointment.get");
            assertThat(hub.call("appointment.get", "{'appointment':'alpha/Appointment/x'}")
                            .failed())
                    .isFalse();
        }
    }

    @Test
    void aRouteThatThrowsIsAFaultWhoseWordsAreKeptBack() throws Exception {
        try (var log = new CapturedLog();
                var hub = start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("tool:patient.get").process(exchange -> {
                            throw new IllegalStateException("Ada Hill has hives");
                        });
                    }
                })) {
            var answer = hub.call("patient.get", "{'patient':'alpha/Patient/a1'}");

            assertThat(code(answer)).isEqualTo("INTERNAL");
            assertThat(answer.text() + log.text()).doesNotContain("hives");
            assertThat(log.text()).contains("IllegalStateException");
        }
    }

    @Test
    void aRouteThatMakesNoResultIsAFaultAndOfAWriteAnUnknownOutcome() throws Exception {
        try (var hub = start(from("tool:appointment.cancel", "direct:empty"))) {
            assertThat(code(hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("OUTCOME_UNKNOWN");
        }
    }

    private static RouteBuilder composite() {
        return composite(true);
    }

    /** Reads a patient twice, then answers with an appointment of its own making. */
    private static RouteBuilder composite(boolean reads) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                var route = from("tool:appointment.get").process(ToolComponentTest::askForPatient);
                (reads
                                ? route.to("tool:patient.get")
                                        .process(ToolComponentTest::askForPatient)
                                        .to("tool:patient.get")
                                : route)
                        .process(ToolComponentTest::answer);
            }
        };
    }

    private static void askForPatient(Exchange exchange) {
        exchange.getMessage().setBody(new PatientGet(Reference.parse("alpha/Patient/a1")));
    }

    private static void answer(Exchange exchange) {
        exchange.getMessage().setBody(SampleAppointments.because("from a1"));
    }

    private TestHub start(RouteBuilder route) throws Exception {
        return TestHub.of(alpha.entry()).with(route).start();
    }

    private static RouteBuilder from(String from, String to) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
                from("direct:empty").setBody(constant("nothing"));
            }
        };
    }

    private static Object send(TestHub hub, Object body) throws Exception {
        try (var template = hub.camel().createProducerTemplate()) {
            return template.send("direct:x", e -> {
                        e.getMessage().setBody(body);
                        e.setProperty(ToolComponent.CALL, new CallContext("call-1", TestHub.NURSE, Instant.MAX));
                    })
                    .getMessage()
                    .getBody();
        }
    }
}
