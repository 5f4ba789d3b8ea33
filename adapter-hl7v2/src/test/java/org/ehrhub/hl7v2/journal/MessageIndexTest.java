package org.ehrhub.hl7v2.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.hl7v2.journal.Hl7.admission;
import static org.ehrhub.hl7v2.journal.Hl7.bytes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.hl7v2.journal.Ordering.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIndexTest {
    private static final String HEADER = "MSH|^~\\&|ADT|EAST|HUB|WEST|20260302||ADT^A40|1|P|2.5\r";

    private static MessageIndex index(String message) {
        return MessageIndex.of(bytes(message), Ordering.USUAL);
    }

    private static Set<String> keys(String segments) {
        return index(HEADER + segments).keys();
    }

    private static Set<String> keys(String segments, String authority) {
        return MessageIndex.of(bytes(HEADER + segments), new Ordering(Order.PATIENT, authority))
                .keys();
    }

    private static List<Term> terms(String segments, String field) {
        return index(HEADER + segments).terms().stream()
                .filter(term -> term.field().equals(field))
                .toList();
    }

    private static List<String> values(String segments, String field) {
        return terms(segments, field).stream().map(Term::value).toList();
    }

    @Test
    void aMergeWaitsForAPatientHoweverTheGiverIsWritten() {
        assertThat(keys("PID|1||9^^^EAST\rMRG|4711")).containsExactlyInAnyOrder("PID 9", "PID 4711");
        assertThat(keys("PID|1||9^^^EAST\rMRG|4711", "EAST")).containsAll(keys("PID|1||4711^^^EAST&1.2.3&ISO", "EAST"));
    }

    @Test
    void aMessageOfMoreNumbersThanAnybodyMeansIsRefused() {
        var numbers =
                IntStream.rangeClosed(1, 10_001).mapToObj(Integer::toString).collect(Collectors.joining("~"));

        assertThatThrownBy(() -> index(HEADER + "PID|||" + numbers + "\r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The message has more than 10000 numbers");
    }

    @Test
    void sendersWhoseFieldsRunTogetherAlikeAreTwo() {
        var one = index("MSH|^~\\&|AB|C|||20260302||ADT^A01|1|P|2.5\r").identity();
        var other = index("MSH|^~\\&|A|BC|||20260302||ADT^A01|1|P|2.5\r").identity();

        assertThat(one).isNotNull().isNotEqualTo(other);
        assertThat(one.controlId()).isEqualTo("1");
        assertThat(index("MSH|^~\\&|AB|C|X||20260303||ADT^A02|1|P|2.4\r").identity())
                .isEqualTo(one);
    }

    @Test
    void aMessageWithoutControlIdIsKnownByNothing() {
        assertThat(index(admission("", "4711")).identity()).isNull();
    }

    @Test
    void aPatientIsTheNumberWithItsAuthority() {
        assertThat(keys("PID|1||4711^^^EAST^MR")).containsExactly("PID 4711");
        assertThat(keys("PID|1||4711^^^&1.2.3&ISO^MR")).containsExactly("PID 4711");
        assertThat(keys("PID|1||4711^^^EAST&1.2.3&ISO^MR")).containsExactly("PID 4711");
        assertThat(keys("PID|1||4711")).containsExactly("PID 4711");
    }

    @Test
    void withoutAChosenAuthorityEachNumberKeepsThePatientsOrder() {
        assertThat(keys("PID|1||4711^^^EAST~~\"\"~99^^^WEST")).containsExactlyInAnyOrder("PID 4711", "PID 99");
    }

    @ParameterizedTest
    @CsvSource({"EAST,PID 4711", "9.8,PID 99", "NORTH,PID 4711;PID 99"})
    void theChosenAuthorityNamesThePatientWhereItCan(String authority, String expected) {
        assertThat(keys("PID|1||99^^^WEST&9.8&ISO~4711^^^EAST", authority))
                .containsExactlyInAnyOrder(expected.split(";"));
    }

    @Test
    void aMergeNamesEveryPatientOfEveryGroup() {
        assertThat(keys("EVN|A40\rPID|1||1^^^E\rPD1|\rMRG|2^^^E~3^^^E\rPV1|1\rPID|2||4^^^E\rMRG|5^^^E\r"))
                .containsExactlyInAnyOrder("PID 1", "PID 2", "PID 3", "PID 4", "PID 5");
    }

    @Test
    void aLinkNamesBothPatients() {
        assertThat(keys("EVN|A24\rPID|1||1^^^E\rPD1|\rPID|2||2^^^E\r")).containsExactlyInAnyOrder("PID 1", "PID 2");
    }

    @Test
    void numbersAreFoundWhereOldVersionsHaveThem() {
        assertThat(keys("PID|1|17^^^OLD||18\rMRG||||19")).containsExactlyInAnyOrder("PID 17", "PID 19");
        assertThat(values("PID|1||||18", "PID-3")).isEmpty();
        assertThat(values("PID|1|||18", "PID-3")).containsExactly("18");
    }

    @Test
    void whatNamesNoPatientKeepsTheOrderOfItsType() {
        assertThat(keys("EVN|A40\rPID|1||\r")).containsExactly("MSH ADT");
        assertThat(index("MSH|^~\\&|A|B|||2026||MFN^M02|1|P|2.5\rMFI|PRA").keys())
                .containsExactly("MSH MFN");
    }

    @Test
    void orderMayHangOnTheWholeChannelOrOnNothing() {
        var message = bytes(admission("1", "4711"));

        assertThat(MessageIndex.of(message, new Ordering(Order.CHANNEL, null)).keys())
                .containsExactly("*");
        assertThat(MessageIndex.of(message, new Ordering(Order.NONE, null)).keys())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n"})
    void segmentsMayEndAsTheyDo(String end) {
        var index = index((HEADER + "PID|1||4711^^^EAST\rMRG|12^^^EAST").replace("\r", end));

        assertThat(index.keys()).containsExactlyInAnyOrder("PID 4711", "PID 12");
    }

    @Test
    void delimitersAreTheMessagesOwn() {
        var index = index("MSH#*!\\+#ADT#EAST###20260302##ADT*A01#7#P#2.5\rPID#1##47|11^2***EAST+1.2*MR!99\r");

        assertThat(index.keys()).containsExactlyInAnyOrder("PID 47|11^2", "PID 99");
        assertThat(index.terms())
                .contains(new Term("MSH-9", "ADT^A01"), new Term("MSH-10", "7"), new Term("PID-3", "47|11^2^1.2"));
    }

    @Test
    void escapesStayAsTheyStand() {
        assertThat(keys("PID|1||47\\S\\11^^^EAST")).containsExactly("PID 47\\S\\11");
    }

    @Test
    void aMessageIsFoundByItsHeader() {
        assertThat(index("MSH|^~\\&|ADT^1.2^ISO|EAST|||2026||ADT^A01^ADT_A01|42|P|2.5\r")
                        .terms())
                .containsExactlyInAnyOrder(
                        new Term("MSH-3", "ADT^1.2^ISO"),
                        new Term("MSH-3", "ADT"),
                        new Term("MSH-4", "EAST"),
                        new Term("MSH-9", "ADT"),
                        new Term("MSH-9", "ADT^A01"),
                        new Term("MSH-10", "42"));
    }

    @Test
    void aMessageIsFoundByEachNumberAsPeopleWriteIt() {
        assertThat(values("PID|1||4711^^^EAST&1.2&ISO~99", "PID-3"))
                .containsExactly("4711", "4711^EAST", "4711^1.2", "99");
        assertThat(values("PV1|1|I" + "|".repeat(17) + "V8^^^EAST", "PV1-19")).containsExactly("V8", "V8^EAST");
        assertThat(values("ORC|NW|P1^HIS|F1^LAB\rOBR|1|P1^HIS|F2\rORC|NW|P2", "ORC-2"))
                .containsExactly("P1", "P1^HIS", "P2");
        assertThat(values("ORC|NW|P1^HIS|F1^LAB\rOBR|1|P1^HIS|F2", "ORC-3")).containsExactly("F1", "F1^LAB", "F2");
        assertThat(values("SCH|A1^HIS|B1", "SCH-1")).containsExactly("A1", "A1^HIS");
        assertThat(values("ARQ|A1^HIS|B1", "SCH-2")).containsExactly("B1");
    }

    @Test
    void lettersBeyondAsciiAreFoundAsTheyAreTyped() {
        var message = HEADER.replace("EAST", "K\u00d6LN");

        assertThat(MessageIndex.of(message.getBytes(StandardCharsets.UTF_8), Ordering.USUAL)
                        .terms())
                .contains(new Term("MSH-4", "K\u00d6LN"));
        assertThat(index(message).terms()).contains(new Term("MSH-4", "K\u00d6LN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PID|1", "BHS|^~\\&|A|B", "{\"resourceType\": \"Patient\"}", "MSH"})
    void whatIsNoMessageIsRefused(String text) {
        assertThatThrownBy(() -> index(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUnfinishedSegmentEndsNothing() {
        assertThat(keys("PI")).containsExactly("MSH ADT");
        assertThat(keys("PID")).containsExactly("MSH ADT");
        assertThat(keys("PID|")).containsExactly("MSH ADT");
    }
}
