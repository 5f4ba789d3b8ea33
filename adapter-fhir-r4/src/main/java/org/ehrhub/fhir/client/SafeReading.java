package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.NameValuePair;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.protocol.HttpContext;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.jspecify.annotations.Nullable;

/**
 * Reads each answer whole before anything looks at it, within the bounds of its request: so many bytes, packed and
 * unpacked, and no longer than may be waited, however slowly they come. Of a refusal little more than its status is kept.
 */
final class SafeReading implements HttpResponseInterceptor {
    private static final int MOST_OF_A_REFUSAL = 64 * 1024;

    private final Duration longestWait;
    private final InstantSource clock;

    SafeReading(Duration longestWait, InstantSource clock) {
        this.longestWait = longestWait;
        this.clock = clock;
    }

    @Override
    public void process(HttpResponse response, HttpContext context) throws IOException {
        var sending = HttpConnections.SENDING.get();
        int status = response.getStatusLine().getStatusCode();
        var when = RetryAfter.hint(text(response.getFirstHeader("Retry-After")), clock.instant());
        sending.answered(new Answered(status, when));
        sending.learn(
                status,
                name -> Arrays.stream(response.getHeaders(name))
                        .map(NameValuePair::getValue)
                        .toList());
        var entity = response.getEntity();
        response.setEntity(null);
        if (entity == null) {
            return;
        }
        if (status < 200 || status > 299) {
            keepShort(entity, sending);
            return;
        }
        try {
            var type = text(entity.getContentType());
            var bytes = isJson(type) ? sending.cleaned(read(entity, sending)) : read(entity, sending);
            if (sending.kind().fhir()) {
                look(bytes, type, sending);
            }
            response.setEntity(whole(bytes, type));
            response.removeHeaders("Content-Encoding");
        } catch (AnswerTooLargeException | JsonProcessingException e) {
            if (sending.kind().needsBody()) {
                throw e;
            }
        }
    }

    /** Reads a short refusal to its end, so that its connection can be used again as well. */
    private void keepShort(HttpEntity entity, Sending sending) throws IOException {
        var until = until(sending);
        var coding = text(entity.getContentEncoding());
        try (var raw = new BoundedStream(entity.getContent(), MOST_OF_A_REFUSAL, until, clock);
                var plain = unpacked(raw, coding, MOST_OF_A_REFUSAL, until)) {
            var type = text(entity.getContentType());
            sending.refused(new Content(plain.readAllBytes(), type == null ? "" : type));
            raw.readAllBytes();
        } catch (AnswerTooLargeException e) {
            // The connection is closed with the answer.
        }
    }

    private Instant until(Sending sending) {
        var latest = clock.instant().plus(longestWait);
        return sending.deadline().isBefore(latest) ? sending.deadline() : latest;
    }

    private byte[] read(HttpEntity entity, Sending sending) throws IOException {
        var until = until(sending);
        var most = sending.mostBytes();
        try (var raw = new BoundedStream(entity.getContent(), most, until, clock);
                var plain = unpacked(raw, text(entity.getContentEncoding()), most, until)) {
            var bytes = plain.readAllBytes();
            raw.readAllBytes(); // its connection can be used again once it was read to the end
            return bytes;
        }
    }

    private InputStream unpacked(InputStream raw, @Nullable String coding, int most, Instant until) throws IOException {
        return coding == null || !coding.toLowerCase(Locale.ROOT).contains("gzip")
                ? raw
                : new BoundedStream(new GZIPInputStream(raw), most, until, clock);
    }

    private static void look(byte[] bytes, @Nullable String type, Sending sending) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        if (!isJson(type)) {
            throw new NotFhirException();
        }
        var resource = JsonAnswer.resourceType(bytes, sending.mostBytes());
        if (resource.equals("OperationOutcome")) {
            outcome(bytes, sending);
        }
        // HAPI would take any resource for the one it was to find.
        if (sending.kind().bundle() && !resource.equals("Bundle")) {
            throw new NotFhirException();
        }
    }

    private static void outcome(byte[] bytes, Sending sending) {
        var codes = EnumSet.noneOf(IssueType.class);
        try {
            if (FhirClients.parse(bytes) instanceof OperationOutcome outcome) {
                outcome.getIssue().stream()
                        .filter(OperationOutcomeIssueComponent::hasCode)
                        .forEach(issue -> codes.add(issue.getCode()));
            }
        } catch (DataFormatException e) {
            codes.clear(); // still no more than a failure whose kind is not known
        }
        sending.answered(sending.answered().outcome(codes));
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).contains("json");
    }

    private static HttpEntity whole(byte[] bytes, @Nullable String type) {
        var whole = new ByteArrayEntity(bytes);
        whole.setContentType(type);
        return whole;
    }

    private static @Nullable String text(@Nullable NameValuePair header) {
        return header == null ? null : header.getValue();
    }
}
