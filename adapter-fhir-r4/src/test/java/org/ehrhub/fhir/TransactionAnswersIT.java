package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server's answer to a booking in one transaction is taken for. */
class TransactionAnswersIT {
    private static final AppointmentCreate BOOKING =
            new AppointmentCreate(Reference.parse("alpha/Patient/p1"), new SlotRef("alpha", """
            {"slot":"s1","start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z","who":"Practitioner/d1"}"""), null, null, null);
    private static final String DONE = """
            {"resourceType":"Bundle","type":"transaction-response","entry":[
             {"response":{"status":"%s"}},{"response":{"status":"201 Created","location":"Appointment/a1/_history/1"}}]}""";

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource({"200 OK, ", "412 Precondition Failed, OUTCOME_UNKNOWN", "409, OUTCOME_UNKNOWN"})
    void callsNothingBookedWhereTheSlotWasNotTaken(String slot, ErrorCode code) {
        ehr.server().answers(request -> answer(request, new Answer(200, DONE.formatted(slot))));

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(code);
    }

    @Test
    void stillOffersTransactionsAfterOneNamedARecordThatIsNotThere() {
        ehr.server().answers(request -> answer(request, new Answer(404, "")));

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(ehr.adapter().handlers().find("appointment.create")).isPresent();
    }

    @Test
    void booksNothingForARecordWhosePlaceAnotherHasTaken() {
        ehr.server()
                .answers(request -> request.target().contains("/Patient/")
                        ? new Answer(
                                200,
                                "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"Patient/p2\"}}]}")
                        : answer(request, new Answer(200, DONE.formatted("200"))));

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests())
                .noneMatch(request -> request.method().equals("POST"));
    }

    private static Answer answer(Request request, Answer transaction) {
        if (request.method().equals("POST")) {
            return transaction;
        }
        if (request.target().contains("/Slot/")) {
            return new Answer(200, """
                    {"resourceType":"Slot","id":"s1","meta":{"versionId":"1"},"status":"free",
                     "start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z"}""");
        }
        return request.target().contains("/Patient/")
                ? new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\"}")
                : new Answer(200, """
                        {"resourceType":"Appointment","id":"a1","status":"booked",
                         "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}""");
    }
}
