package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attachments come back with a presigned address that needs no login. */
@Tag("medplum")
class AttachmentFactsIT {
    private static final String DOCUMENT = """
            {"resourceType":"DocumentReference","status":"current","content":[{"attachment":
             {"contentType":"text/plain","url":"%s","title":"note.txt"}}]}""";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void aStoredBinaryIsReadRawOrAsFhir() {
        var binary = binary();

        assertThat(binary.status()).isEqualTo(201);
        assertThat(medplum.http().get("fhir/R4/Binary/" + binary.id()).text()).isEqualTo("synthetic");
        var fhir = medplum.http().get("fhir/R4/Binary/" + binary.id(), "Accept", "application/fhir+json");
        assertThat(fhir.json().path("contentType").asString()).startsWith("text/plain");
    }

    @Test
    void theAddressOfAnAttachmentIsPresignedAndMayBeSentBack() {
        var binary = binary();
        var document = medplum.create(DOCUMENT.formatted("Binary/" + binary.id()));
        var read = medplum.http().get("fhir/R4/" + document);
        var address = url(read);

        assertThat(address).matches("https?://.*/storage/.*\\?Expires=.*");
        assertThat(open(address).text()).isEqualTo("synthetic");
        assertThat(medplum.http().put("fhir/R4/" + document, read.text()).version())
                .isEqualTo(read.version());
    }

    @Test
    void aPresignedAddressIsGoodForAnHour() {
        var stub = medplum.stub();
        var binary = binary();
        var document = stub.put(DOCUMENT.formatted("Binary/" + binary.id()));
        var address = url(medplum.http().get("fhir/R4/" + document));
        assertThat(open(address.replace("Signature=", "Signature=0")).status()).isEqualTo(403);

        stub.pass(Duration.ofHours(1));

        assertThat(open(address).status()).isEqualTo(403);
        assertThat(stub.stored(document).orElseThrow()).contains("\"Binary/" + binary.id() + "\"");
    }

    private Reply binary() {
        return medplum.http().post("fhir/R4/Binary", "synthetic", "Content-Type", "text/plain");
    }

    private Reply open(String address) {
        var target = URI.create(address);
        return medplum.http().send("GET", target.getRawPath() + "?" + target.getRawQuery(), null);
    }

    private static String url(Reply document) {
        return document.json()
                .path("content")
                .path(0)
                .path("attachment")
                .path("url")
                .asString();
    }
}
