package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.documents.DocumentTools;
import org.jspecify.annotations.Nullable;

/** Each tool that reads answers in its own types, with references of this EHR, about whom it was asked. */
record AnswerPromises(Bench bench) {

    Stream<Promise> all() {
        return Stream.concat(
                bench.reads()
                        .map(tool -> new Promise(
                                tool.name() + " answers in its types, of this EHR and of whom it was asked",
                                () -> answers(tool))),
                special());
    }

    private void answers(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var answer = bench.calls().got(tool, input);
        var asked = Inputs.value(input, "patient");

        var records = answer instanceof Page<?> page ? page.items() : List.of(answer);
        assertThat(records).allSatisfy(record -> {
            Answers.arePlausible(bench.ehr().name(), record);
            if (record instanceof PatientRow row && asked.isPresent()) {
                assertThat(row.subject()).isEqualTo(asked.get());
            }
        });
    }

    private Stream<Promise> special() {
        var promises = Stream.<Promise>builder();
        if (bench.has(AppointmentTools.GET) && bench.has(AppointmentTools.LIST)) {
            promises.add(new Promise("appointment.get shows what appointment.list lists", this::appointments));
        }
        if (bench.has(DocumentTools.GET) && bench.has(DocumentTools.SEARCH)) {
            promises.add(new Promise("document.get reads a text on from any place in it", this::texts));
        }
        if (bench.has(ChartTools.SUMMARY)) {
            promises.add(new Promise("patient.summary shows what the lists list, cut short where said", this::summary));
        }
        return promises.build();
    }

    private void appointments() {
        bench.calls().all(AppointmentTools.LIST, bench.samples().of(AppointmentTools.LIST)).stream()
                .map(Appointment.class::cast)
                .limit(3)
                .forEach(row -> Answers.agree(
                        row, bench.calls().got(AppointmentTools.GET, new AppointmentGet(row.appointment()))));
    }

    private void texts() {
        var input = (DocumentGet) bench.samples().of(DocumentTools.GET);
        var whole = text(input.document(), null);
        var half = whole.text().length() / 2;

        assertThat(whole.text()).isNotBlank();
        assertThat(whole.characters()).isGreaterThanOrEqualTo(whole.text().length());
        assertThat(whole.next() == null)
                .isEqualTo(whole.characters() == whole.text().length());
        assertThat(text(input.document(), half).text()).startsWith(whole.text().substring(half));
    }

    private DocumentText text(Reference document, @Nullable Integer offset) {
        return (DocumentText) bench.calls().got(DocumentTools.GET, new DocumentGet(document, null, offset));
    }

    private void summary() {
        var chart = bench.ehr().chart();
        var summary = (PatientSummary) bench.calls().got(ChartTools.SUMMARY, new PatientSummaryGet(chart, 2));

        assertThat(summary.patient().patient()).isEqualTo(chart);
        assertThat(summary.missing()).isEmpty();
        assertThat(Stream.of(
                        summary.conditions(),
                        summary.allergies(),
                        summary.medications(),
                        summary.labs(),
                        summary.vitals(),
                        summary.immunizations(),
                        summary.encounters()))
                .allSatisfy(section -> assertThat(section)
                        .hasSizeLessThanOrEqualTo(2)
                        .allSatisfy(row -> {
                            assertThat(Objects.requireNonNull(((PatientRow) row).subject()))
                                    .isEqualTo(chart);
                            Answers.arePlausible(bench.ehr().name(), row);
                        }));
    }
}
