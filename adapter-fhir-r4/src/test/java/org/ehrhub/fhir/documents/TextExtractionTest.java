package org.ehrhub.fhir.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextExtractionTest {
    private static final String CDA = """
            <?xml version="1.0"?>
            <ClinicalDocument xmlns="urn:hl7-org:v3"><title>Discharge summary</title>
             <recordTarget><patientRole><patient><name>Hidden Here</name></patient></patientRole></recordTarget>
             <component><structuredBody><component><section><title>Allergies</title>
              <text><table><thead><tr><th>Substance</th><th>Reaction</th></tr></thead>
               <tbody><tr><td>Peanut</td><td><content ID="r1">Hives</content> at once</td></tr></tbody></table>
               <list><item>Carry adrenaline</item><item><paragraph>Avoid nuts</paragraph></item></list></text>
              <entry><act><code displayName="coded only"/></act></entry></section></component>
             <component><section><title>Plan</title><text>Rest.<br/>Return in a week.</text></section></component>
             </structuredBody></component></ClinicalDocument>""";

    private final TextExtraction extraction = new TextExtraction(InstantSource.system());

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=ISO-8859-1, ISO-8859-1",
        "text/plain;charset=\"utf-8\", UTF-8",
        "text/plain; charset=UTF-16, UTF-16",
        "text/plain, UTF-8",
        "text/plain, windows-1252",
        "text/plain; charset=no-such-set, UTF-8",
        "'text/plain; charset=bad name', windows-1252",
        "text/markdown, UTF-8"
    })
    void readsPlainTextInItsCharacterSet(String type, String written) {
        assertThat(text("Müller – größer".replace('–', '-').getBytes(Charset.forName(written)), type))
                .isEqualTo("Müller - größer");
    }

    @Test
    @Timeout(10)
    void readsManySpacesInATimeThatIsNoMoreThanTheirNumber() {
        assertThat(text(
                        ("a" + " ".repeat(60_000) + "b \t \n").repeat(10).getBytes(StandardCharsets.UTF_8),
                        "text/plain"))
                .endsWith("b");
    }

    @Test
    void saysThatCharactersCouldNotBeRead() {
        var read = extracted("Müller".getBytes(StandardCharsets.ISO_8859_1), "text/plain; charset=utf-8");
        assertThat(read.text()).isEqualTo("M\uFFFDller");
        assertThat(read.warnings()).singleElement().asString().contains("could not be read");
    }

    @Test
    void keepsOnlyWhatAReaderOfAPageSees() {
        var page = """
                <html><head><title>Top</title><style>p{}</style></head><body><h1>Visit</h1>
                <p>Blood pressure &lt; 140/90.<br>Pulse 72.</p><script>alert('x')</script>
                <div style="display:none">hidden one</div><span hidden>hidden two</span>
                <span style="color:red; visibility : hidden">hidden three</span><p style="font-size:0px">hidden four</p>
                <p style="opacity:0.5">seen</p><noscript>hidden five</noscript><!-- hidden six -->
                <input type="text" value="hidden seven"><template>hidden eight</template><svg><text>hidden nine</text></svg>
                <table><tr><th>Test</th><th>Value</th></tr><tr><td>HbA1c</td><td>6.1</td></tr></table>
                <ul><li>one</li><li><p>two</p></li></ul><pre>a
                  b</pre></body></html>""";
        var text = text(page.getBytes(StandardCharsets.UTF_8), "text/html");
        assertThat(text).doesNotContain("hidden", "alert", "Top", "p{}");
        assertThat(text)
                .contains(
                        "Visit\n",
                        "Blood pressure < 140/90.\nPulse 72.\n",
                        "seen",
                        "Test | Value\nHbA1c | 6.1\n",
                        "- one\n- two\n",
                        "a\n  b");
    }

    @Test
    void readsAPageInTheCharacterSetItNamesItself() {
        var page = "<html><head><meta charset='iso-8859-1'></head><body>Müller</body></html>";
        assertThat(text(page.getBytes(StandardCharsets.ISO_8859_1), "text/html"))
                .isEqualTo("Müller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml; charset=utf-8", "application/hl7-cda+xml", ""})
    void readsTheSectionsOfAClinicalDocument(String type) {
        assertThat(text(CDA.getBytes(StandardCharsets.UTF_8), type)).isEqualTo("""
                        Discharge summary

                        Allergies

                        Substance | Reaction
                        Peanut | Hives at once

                        - Carry adrenaline
                        - Avoid nuts

                        Plan

                        Rest.
                        Return in a week.""");
    }

    @Test
    void readsWhatAClinicalDocumentIsWrappedAround() {
        var pdf = Base64.getMimeEncoder().encodeToString(Pdfs.of("Wrapped page"));
        var document = """
                <ClinicalDocument xmlns="urn:hl7-org:v3"><title>x</title><component><nonXMLBody>
                <text mediaType="application/pdf" representation="B64">%s</text></nonXMLBody></component></ClinicalDocument>""".formatted(pdf);
        var read = extracted(document.getBytes(StandardCharsets.UTF_8), "application/xml");
        assertThat(read.text()).isEqualTo("Wrapped page");
        assertThat(read.format()).isEqualTo("application/pdf");
    }

    @Test
    void resolvesNoEntitiesOfXml() {
        var bomb = """
                <?xml version="1.0"?><!DOCTYPE note [<!ENTITY secret SYSTEM "file:///etc/passwd">
                <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><note>before &secret; &b; after</note>""";
        assertThat(text(bomb.getBytes(StandardCharsets.UTF_8), "application/xml"))
                .contains("before", "after")
                .doesNotContain("root:", "aaaaaaaaaa");
    }

    @Test
    void readsThePagesOfAPdf() {
        var read = extracted(Pdfs.of("First page\nsecond line", "Second page"), "application/pdf");
        assertThat(read.text().lines()).containsExactly("First page", "second line", "Second page");
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void saysWhenAPdfHasMorePagesThanAreRead() {
        var pages = new String[301];
        Arrays.fill(pages, "page");
        var read = extracted(Pdfs.of(pages), "application/pdf");
        assertThat(read.text().lines()).hasSize(300);
        assertThat(read.warnings()).containsExactly("The text is that of the first 300 of 301 pages.");
    }

    @Test
    void opensAPdfThatNeedsNoPasswordAndNoOther() {
        assertThat(text(Pdfs.locked("", "Readable"), "application/pdf")).isEqualTo("Readable");
        assertThat(failure(Pdfs.locked("secret", "Not readable"), "application/pdf"))
                .hasMessage("The file is locked, and the hub has no password for it.");
    }

    @Test
    void givesUpOnAPdfThatUnfoldsWithoutEnd() {
        var bomb = Pdfs.unfoldingTo(320L * 1024 * 1024);
        assertThat(bomb.length).isLessThan(DocumentFiles.MOST);
        assertThat(failure(bomb, "application/pdf"))
                .hasMessage("The file takes more time or memory to read than the hub gives it.");
    }

    @Test
    void failsOnABrokenPdf() {
        var whole = Pdfs.of("Hill");
        for (int length : new int[] {9, 60, whole.length / 2}) {
            var broken = new String(whole, 0, length, StandardCharsets.ISO_8859_1).replace("obj", "obx");
            assertThat(failure(broken.getBytes(StandardCharsets.ISO_8859_1), "application/pdf")
                            .getMessage())
                    .isIn(
                            "The file is broken, or not what it claims to be.",
                            "The file holds no text that the hub can read; it may be a scan.");
        }
    }

    @Test
    void saysThatAScanHoldsNoText() {
        assertThat(failure(Pdfs.of(""), "application/pdf")).hasMessageContaining("it may be a scan");
    }

    @Test
    void readsRichText() {
        var rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\b Dear\\b0  M\\'fcller,\\par second line}";
        assertThat(text(rtf.getBytes(StandardCharsets.US_ASCII), "application/rtf"))
                .isEqualTo("Dear Müller,\nsecond line");
        assertThat(text(rtf.getBytes(StandardCharsets.US_ASCII), "text/plain")).startsWith("Dear");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/tiff", "application/dicom", "video/mp4"})
    void saysThatAPictureIsNoText(String type) {
        assertThat(failure(new byte[] {1, 2, 3}, type)).hasMessageContaining("a picture or a recording");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/msword", "application/zip", "nonsense", "", "a/b/c"})
    void readsNoFileOfAnUnknownKind(String type) {
        assertThat(failure(new byte[] {1, 2, 3}, type)).hasMessageContaining("of this kind");
    }

    @Test
    void takesAFileForWhatItsBytesSay() {
        assertThat(text(Pdfs.of("Really a PDF"), "text/plain")).isEqualTo("Really a PDF");
        assertThat(text("<html><body>page</body></html>".getBytes(StandardCharsets.UTF_8), "application/octet-stream"))
                .isEqualTo("page");
    }

    @Test
    void leavesOutControlCharacters() {
        assertThat(text("a\u0000\u0007b\r\nc\rd\t e\n\n\n\nf  \n".getBytes(StandardCharsets.UTF_8), "text/plain"))
                .isEqualTo("a b\nc\nd\t e\n\nf");
    }

    @Test
    void cutsATextLongerThanAnyDocument() {
        var read = new ExtractedText("x".repeat(ExtractedText.MOST + 1), "text/plain");
        assertThat(read.text()).hasSize(ExtractedText.MOST);
        assertThat(read.warnings()).singleElement().asString().contains("its end is missing");
    }

    @Test
    void waitsForNoFileBeyondTheDeadline() {
        var call = call(Duration.ofMillis(100));
        assertThat(code(() -> extraction.of(file("x".getBytes(StandardCharsets.UTF_8), "text/plain"), call)))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    private String text(byte[] bytes, String type) {
        return extracted(bytes, type).text();
    }

    private ExtractedText extracted(byte[] bytes, String type) {
        return extraction.of(file(bytes, type), call(Duration.ofSeconds(20)));
    }

    private EhrFailure failure(byte[] bytes, String type) {
        try {
            extracted(bytes, type);
        } catch (EhrFailure e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            return e;
        }
        throw new AssertionError("gave a text");
    }

    private static ErrorCode code(Runnable action) {
        try {
            action.run();
        } catch (EhrFailure e) {
            return e.code();
        }
        throw new AssertionError("did not fail");
    }

    @ParameterizedTest
    @CsvSource({"application/rtf, {\\rtf1 words}", "text/html, <p>words", "application/xml, <a>words</a>"})
    void readsNoLongerThanThereIsTime(String type, String words) {
        var none = new Effort(Duration.ZERO);
        var late = file(words.getBytes(StandardCharsets.UTF_8), type);

        assertThatThrownBy(() -> FileKind.of(type).text(late, none)).hasMessageContaining("more time or memory");
    }

    private static DocumentFile file(byte[] bytes, String type) {
        return DocumentFile.of(bytes, type, DocumentFile.Label.NONE);
    }

    private static CallContext call(Duration left) {
        return new CallContext(
                "call-1", new Caller("test", Set.of()), Instant.now().plus(left));
    }
}
