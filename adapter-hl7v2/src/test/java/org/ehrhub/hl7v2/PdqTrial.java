package org.ehrhub.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.llp.LLPException;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;

/** A trial of the adapter SPI on a PDQ supplier: one MLLP connection a query, one query at a time. */
final class PdqTrial implements EhrAdapter {
    private final String ehr;
    private final InetSocketAddress supplier;
    private final String authority;
    private final InstantSource clock;
    private final HapiContext hapi = new DefaultHapiContext(ValidationContextFactory.noValidation());
    private final ReentrantLock turn = new ReentrantLock();

    /** Asks this supplier, and takes the number this authority gave as a person's key. */
    PdqTrial(String ehr, InetSocketAddress supplier, String authority, InstantSource clock) {
        this.ehr = ehr;
        this.supplier = supplier;
        this.authority = authority;
        this.clock = clock;
        hapi.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        hapi.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator()); // the default one writes a file
    }

    @Override
    public ToolHandlers handlers() {
        return ToolHandlers.builder()
                .on(PatientTools.GET, this::patient)
                .onList(PatientTools.SEARCH, this::patients, Feature.SEARCH_BY_IDENTIFIER)
                .build();
    }

    private ToolResult<Page<PatientMatch>> patients(PatientSearch input, CallContext call) {
        var first = PdqQuestion.first(PdqQuestion.of(input), input.rows());
        var question = call.cursor().map(first::from).orElse(first);
        var answer = ask(question, call);
        var wanted = new PdqFilter(input);
        var rows = answer.people().stream()
                .filter(wanted)
                .map(person -> person.match(key(person)))
                .toList();
        var exact = rows.size() == answer.people().size()
                && answer.total() >= 0
                && call.cursor().isEmpty();
        var next = answer.pointer().isEmpty() ? null : question.cursor(answer.pointer());
        var cut = next == null && answer.remaining() > 0;
        var page = new Page<>(rows, exact ? (Long) answer.total() : null, next, List.of(), cut);
        return new ToolResult.Ok<>(page, new Provenance(ehr, clock.instant(), null));
    }

    private ToolResult<Patient> patient(PatientGet input, CallContext call) {
        if (!input.patient().ehr().equals(ehr)) {
            return ToolResult.failed(
                    ErrorCode.INVALID_INPUT, "`patient` is not of this EHR.", "Ask the EHR that the reference names.");
        }
        var asked = PdqKey.parse(input.patient().id());
        if (asked.isEmpty()) {
            return nobody(); // an id that this adapter never gave
        }
        var people =
                ask(PdqQuestion.first(PdqQuestion.of(asked.get()), 2), call).people();
        if (people.isEmpty()) {
            return nobody();
        }
        if (people.size() > 1) {
            return ToolResult.failed(
                    ErrorCode.AMBIGUOUS_MATCH,
                    "The EHR answers with more than one person under this number.",
                    "Ask the EHR's operator to settle which of them it is.");
        }
        var person = people.getFirst();
        var whole = person.patient(key(person));
        var found = Boolean.TRUE.equals(input.details()) ? whole : whole.brief();
        var from = new Provenance(ehr, clock.instant(), null);
        return found.patient().equals(input.patient())
                ? new ToolResult.Ok<>(found, from)
                : new ToolResult.Ok<>(
                        found,
                        from,
                        List.of("The EHR keeps this patient under another reference now:"
                                + " use the one in this answer."));
    }

    /** The key by which a person is known: the configured authority's number. */
    private PdqKey key(PidFields person) {
        return person.keys().stream()
                .filter(key -> key.namespace().equals(authority))
                .findFirst()
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.REJECTED_BY_EHR,
                        "The EHR answered with a person who has no number of the configured authority.",
                        "Ask the hub's operator to check the authority configured for this EHR."));
    }

    private static ToolResult<Patient> nobody() {
        return ToolResult.failed(
                ErrorCode.NOT_FOUND, "The EHR holds no such patient.", "Find the patient with patient.search.");
    }

    private PdqAnswer ask(PdqQuestion question, CallContext call) {
        try {
            if (!turn.tryLock(call.remaining(clock).toMillis(), TimeUnit.MILLISECONDS)) {
                throw silent();
            }
            try {
                var answer = exchange(question, call.remaining(clock));
                return PdqAnswer.read(ehr, answer, call.cursor().isPresent());
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent();
        }
    }

    private Message exchange(PdqQuestion question, Duration limit) {
        if (limit.isZero()) {
            throw silent();
        }
        try (var connection = hapi.newClient(supplier.getHostString(), supplier.getPort(), false)) {
            var initiator = connection.getInitiator();
            initiator.setTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
            var message = question.message(PdqQuestion.random(20), clock.instant());
            return initiator.sendAndReceive(hapi.getPipeParser().parse(message));
        } catch (HL7Exception | LLPException | IOException e) {
            throw silent(); // the cause may quote the message, and with it the patient
        }
    }

    private static EhrFailure silent() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE, "The EHR did not answer in time.", "Try again later; nothing was changed.");
    }

    @Override
    public Health probe(Duration limit) {
        try (var socket = new Socket()) {
            socket.connect(supplier, Math.toIntExact(limit.toMillis()));
            return new Health.Up();
        } catch (IOException e) {
            return new Health.Down("Nothing listens at the configured address.");
        }
    }

    @Override
    public void close() {
        try {
            hapi.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
