package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.Auth;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.ScriptedServer;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that lie outside FHIR. */
class AttachmentsIT {
    private static final int MOST = 1000;

    private final ScriptedServer ehr = new ScriptedServer();
    private final ScriptedServer files = new ScriptedServer();
    private final ScriptedServer strange = new ScriptedServer();
    private final CamelContext camel = new DefaultCamelContext();
    private final FhirServer server = new FhirServer(
            "alpha",
            new FhirR4Config(
                    ehr.url("/fhir"),
                    Auth.bearer(Secret.from(() -> "s3cret")),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of("127.0.0.1:" + files.url("/").getPort(), "files.example", "localhost:1"),
                    null,
                    List.of(),
                    null),
            new AdapterContext(camel, InstantSource.system()),
            ServerHabits.STANDARD);
    private final CallContext call = new CallContext(
            "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)));

    @BeforeEach
    void start() {
        camel.start();
        for (var each : List.of(ehr, files, strange)) {
            each.answers(request -> new Answer(200, "Dear colleague").with("Content-Type", "text/plain"));
        }
    }

    @AfterEach
    void close() {
        server.close();
        camel.stop();
        ehr.close();
        files.close();
        strange.close();
    }

    @Test
    void fetchesFromTheEhrItselfWithTheLogin() {
        for (var address : List.of("Binary/b1", ehr.url("/files/b1?x=1").toString())) {
            assertThat(fetch(address).bytes()).asString().isEqualTo("Dear colleague");
        }

        assertThat(ehr.requests()).extracting(Request::target).containsExactly("/fhir/Binary/b1", "/files/b1?x=1");
        assertThat(ehr.requests()).extracting(Request::authorization).containsOnly("Bearer s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/2",
                "Patient?family=Hill",
                "Patient/2/$everything",
                "Binary",
                "Binary/b1/$x",
                "Binary/../Patient/2",
                "Binary/%2e%2e/Patient/2",
                "Binary/b1/../../Patient/2",
                ""
            })
    void readsNothingOfTheEhrThatIsNoDocument(String place) {
        for (var base : List.of(
                "", ehr.url("/fhir/").toString(), ehr.url("/fhir/").toString().replace("http", "HTTP"))) {
            assertThat(code(base + place)).as(base + place).isEqualTo(ErrorCode.UNSUPPORTED);
        }
        assertThat(ehr.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+json", "application/json", "application/fhir+xml"})
    void givesNoRecordWhereADocumentShouldBe(String type) {
        ehr.answers(
                request -> new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"Ada\"}").with("Content-Type", type));

        assertThat(code(ehr.url("/other/Patient/2").toString())).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void fetchesFromAHostOfTheSettingsWithoutTheLogin() {
        var content = fetch(files.url("/bucket/b1?X-Amz-Signature=abc#page=2").toString());

        assertThat(content.type()).isEqualTo("text/plain");
        assertThat(files.requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo("/bucket/b1?X-Amz-Signature=abc");
            assertThat(request.authorization()).isEqualTo("null");
        });
    }

    @Test
    void goesToNoHostThatTheSettingsDoNotName() {
        assertThat(code(strange.url("/b1").toString())).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(strange.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "data:text/plain;base64,QWRh",
                "urn:uuid:1",
                "mailto:ada@example.org",
                "ftp://files.example/b1",
                "https://files.example:8443/b1",
                "https://user@files.example/b1",
                "//elsewhere.example/b1",
                "https://files.example.elsewhere.example/b1",
                "https://sub.files.example/b1"
            })
    void goesNowhereElse(String address) {
        assertThat(code(address)).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(ehr.requests()).isEmpty();
    }

    @Test
    void followsNoRedirectAndReadsNoMoreThanItMay() {
        files.answers(request -> new Answer(302, "", strange.url("/b1").toString()));
        assertThat(code(files.url("/b1").toString())).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        files.answers(request -> new Answer(200, "x".repeat(MOST + 1)));
        assertThat(code(files.url("/b1").toString())).isEqualTo(ErrorCode.UNSUPPORTED);
        files.answers(request -> new Answer(403, "Ada"));
        assertThat(code(files.url("/b1").toString())).isEqualTo(ErrorCode.DENIED);
        files.answers(request -> new Answer(401, "Ada"));
        assertThat(code(files.url("/b1").toString())).isEqualTo(ErrorCode.DENIED);

        assertThat(strange.requests()).isEmpty();
        assertThat(files.requests()).hasSize(4);
    }

    private Content fetch(String address) {
        return server.fetchAttachment(URI.create(address), MOST, call);
    }

    private ErrorCode code(String address) {
        var codes = new ErrorCode[1];
        assertThatThrownBy(() -> fetch(address))
                .isInstanceOfSatisfying(EhrFailure.class, e -> codes[0] = e.code())
                .hasMessageNotContaining("example")
                .hasMessageNotContaining("Ada");
        return codes[0];
    }
}
