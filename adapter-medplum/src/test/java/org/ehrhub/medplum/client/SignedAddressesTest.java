package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 14, in part: answers hold addresses that let anybody fetch a document. */
class SignedAddressesTest {
    private static final String BINARY = "3b43add5-6741-43d9-8ad6-92f7973b23a8";
    private static final String VERSION = "53ee02f2-bf80-4151-88c2-a8e44d985da3";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8103/storage/%s/%s?Expires=1795201454&Signature=ab%%2Bc=",
                "https://storage.medplum.com/binary/%s/%s?Expires=1795201454&Key-Pair-Id=K1&Signature=x~y_",
                "https://bucket.example/%s/%s?X-Amz-Date=1&X-Amz-Signature=00ff"
            })
    void becomeTheBinaryThatTheyStandFor(String form) {
        var json = "{\"text\":\"Zoë\",\"url\":\"" + form.formatted(BINARY, VERSION) + "\",\"b\":1}";

        assertThat(resolved(json)).isEqualTo("{\"text\":\"Zoë\",\"url\":\"Binary/" + BINARY + "\",\"b\":1}");
    }

    @Test
    void areAllOfThemResolved() {
        var address = "\"https://x.example/storage/" + BINARY + "/" + VERSION + "?Expires=1&Signature=q\"";

        assertThat(resolved("[" + address + "," + address + "]"))
                .isEqualTo("[\"Binary/" + BINARY + "\",\"Binary/" + BINARY + "\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"https://x.example/storage/1/2?Signature=q\"}",
                "{\"url\":\"Binary/1\"}",
                "{\"note\":\"Signature=yes\"}",
                "{\"note\":\"Signature"
            })
    void nothingElseIsTouched(String json) {
        assertThat(resolved(json)).isEqualTo(json);
    }

    private static String resolved(String json) {
        return new String(SignedAddresses.resolved(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
