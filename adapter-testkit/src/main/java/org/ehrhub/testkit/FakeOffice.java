package org.ehrhub.testkit;

import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageList;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.questionnaires.QuestionnaireAnswers;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;

/** Insurance and questionnaires of a {@link FakeEhr} and its tools about them; works under the fake's lock. */
final class FakeOffice {
    private final FakeDesk desk;
    private final FakePeople people;
    private final FakeShelf<Coverage> coverages = new FakeShelf<>();
    private final FakeShelf<QuestionnaireAnswers> answers = new FakeShelf<>();

    FakeOffice(FakeDesk desk, FakePeople people) {
        this.desk = desk;
        this.people = people;
    }

    void insured(Reference patient, String memberId, String payer) {
        var input = new CoverageRecord(
                patient, null, memberId, null, payer, null, null, null, null, null, null, null, null);
        var _ = record(input, "");
    }

    void register(ToolHandlers.Builder tools) {
        tools.onList(CoverageTools.LIST, this::coverages)
                .onWrite(
                        CoverageTools.RECORD,
                        new FakeWrite<>(desk, "coverage.record", coverages, this::changed, this::record),
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        QuestionnaireTools.SUBMIT,
                        new FakeWrite<>(desk, "questionnaire.submit", answers, this::nothing, this::submit),
                        Feature.WRITE_KEY_STORED);
    }

    private ToolResult<Page<Coverage>> coverages(CoverageList input, CallContext call) {
        desk.own(input.patient());
        return desk.rows(
                "coverage.list",
                coverages,
                row -> input.patient().equals(row.subject())
                        && (input.status() == null || input.status().equals(row.status())),
                input,
                call);
    }

    private Optional<String> changed(CoverageRecord input) {
        desk.own(input.patient());
        return Optional.ofNullable(input.coverage()).map(desk::own);
    }

    private Optional<String> nothing(QuestionnaireSubmit input) {
        desk.own(input.patient());
        return Optional.empty();
    }

    private FakeShelf.Held<Coverage> record(CoverageRecord input, String key) {
        people.known(input.patient());
        var old = input.coverage();
        if (old == null) {
            var id = coverages.free("coverage");
            return coverages.add(id, coverage(desk.reference("Coverage", id), input), key);
        }
        return coverages
                .find(old.id())
                .filter(held -> input.patient().equals(held.value().subject()))
                .map(held -> coverages.change(old.id(), before -> coverage(old, input), key))
                .orElseThrow(FakeDesk::missing);
    }

    private static Coverage coverage(Reference reference, CoverageRecord input) {
        return new Coverage(
                reference,
                Objects.requireNonNullElse(input.status(), "active"),
                null,
                new Participant(input.payer(), input.payerName()),
                input.memberId(),
                null,
                Objects.requireNonNullElse(input.relationship(), "self"),
                input.plan(),
                input.group(),
                input.start(),
                input.end(),
                input.patient());
    }

    private FakeShelf.Held<QuestionnaireAnswers> submit(QuestionnaireSubmit input, String key) {
        people.known(input.patient());
        var id = answers.free("answers");
        var given = new QuestionnaireAnswers(
                desk.reference("QuestionnaireResponse", id),
                input.questionnaire(),
                "completed",
                input.authored() == null ? null : input.authored().toString(),
                input.answers().size(),
                input.patient());
        return answers.add(id, given, key);
    }
}
