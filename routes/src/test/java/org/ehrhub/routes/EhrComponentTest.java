package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientGet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ehr:} in routes. */
class EhrComponentTest {
    private final FakeEhr alpha = FakeEhr.named("alpha").withPatient("a1", "Hill", "Ada", "1948-03-21");

    @ParameterizedTest
    @ValueSource(strings = {"ehr:alpha/patient.gett", "ehr:beta/patient.get", "ehr:alpha/x/patient.get", "ehr:patient"})
    void anUnknownToolOrEhrFailsWhenTheContextStarts(String uri) {
        assertThatThrownBy(() -> start(uri)).hasStackTraceContaining("names no");
    }

    @Test
    void anEhrCannotBePublishedByARoute() {
        assertThatThrownBy(() -> TestHub.of(alpha.entry())
                        .with(new RouteBuilder() {
                            @Override
                            public void configure() {
                                from("ehr:alpha/patient.get").to("direct:x");
                            }
                        })
                        .start())
                .hasStackTraceContaining("routes cannot take its place");
    }

    @Test
    void callsTheEhrOfTheAddress() throws Exception {
        try (var hub = start("ehr:alpha/patient.get")) {
            assertThat(send(hub, "nowhere")).isInstanceOf(ToolResult.Ok.class);
            assertThat(alpha.calls("patient.get")).isOne();
        }
    }

    @Test
    void callsTheEhrOfTheHeader() throws Exception {
        try (var hub = start("ehr:patient.get")) {
            assertThat(send(hub, "alpha")).isInstanceOf(ToolResult.Ok.class);
            assertThat(send(hub, "nowhere")).isInstanceOfSatisfying(ToolResult.Failed.class, failed -> {
                assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_INPUT);
                assertThat(failed.message()).doesNotContain("nowhere");
            });
        }
    }

    private TestHub start(String uri) throws Exception {
        return TestHub.of(alpha.entry())
                .with(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:x").to(uri);
                    }
                })
                .start();
    }

    private static Object send(TestHub hub, String ehr) throws Exception {
        try (var template = hub.camel().createProducerTemplate()) {
            return template.send("direct:x", e -> {
                        e.getMessage().setHeader(EhrComponent.EHR, ehr);
                        e.getMessage().setBody(new PatientGet(Reference.parse("alpha/Patient/a1")));
                        e.setProperty(ToolComponent.CALL, new CallContext("call-1", TestHub.NURSE, Instant.MAX));
                    })
                    .getMessage()
                    .getBody();
        }
    }
}
