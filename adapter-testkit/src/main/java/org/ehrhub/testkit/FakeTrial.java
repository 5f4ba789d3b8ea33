package org.ehrhub.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;

/** A {@link FakeEhr} with what the {@link AdapterContract} must know about it. */
record FakeTrial(
        String name,
        FakeEhr fake,
        PatientSearch severalPatients,
        Reference chart,
        Reference other,
        SlotSearch freeTimes)
        implements ContractEhr {

    @Override
    public EhrAdapter adapter() {
        return fake;
    }

    @Override
    public Optional<Record> sample(CanonicalTool<?, ?> tool) {
        var answer = new QuestionnaireSubmit.Answer("reason", Marker.NAME, null, null, null, null);
        return tool.equals(QuestionnaireTools.SUBMIT)
                ? Optional.of(
                        new QuestionnaireSubmit(other, "urn:example:questionnaire", List.of(answer), null, null, null))
                : Optional.empty();
    }

    @Override
    public long requests() {
        return fake.calls().size();
    }

    @Override
    public List<String> writes() {
        return fake.calls().stream()
                .filter(call -> FakeEhr.isWrite(call.tool()))
                .map(call -> call.tool() + call.input() + call.context().writeKey())
                .toList();
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.of(Fault.DOWN, Fault.HANGS, Fault.SLOW, Fault.LOSES_ANSWERS, Fault.BUSY, Fault.FORBIDS);
    }

    @Override
    public void fault(Fault fault, Fault.On on) {
        fake.fault(fault, on);
    }

    @Override
    public void recover() {
        fake.recover();
    }
}
