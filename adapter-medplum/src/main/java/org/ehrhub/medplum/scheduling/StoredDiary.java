package org.ehrhub.medplum.scheduling;

import java.util.List;
import org.ehrhub.fhir.appointments.SlotListing;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;

/**
 * A schedule that Medplum does not look after: its free times are the Slots that somebody stored.
 *
 * @param schedule the id of the Schedule
 */
record StoredDiary(SlotListing slots, String schedule, SlotSearch input) implements Diary {
    private static final String WEAKER =
            "Some of these times are of schedules that Medplum does not look after: they are as free as their Slots say, and"
                    + " an appointment that somebody wrote without its Slot does not show.";

    @Override
    public String name() {
        return "slots:" + schedule;
    }

    @Override
    public void fill(FreeTimePage page, Place from) {
        if (!page.mayAsk(from)) {
            return;
        }
        if (page.room() == 0) {
            var one = ask(1, page, from);
            if (!one.items().isEmpty() || one.nextOrNull() != null) {
                page.stopAt(from);
            }
            return;
        }
        var found = ask(page.room(), page, from);
        found.items().forEach(row -> page.take(row, from));
        page.warn(found.items().isEmpty() ? List.of() : List.of(WEAKER), false);
        page.warn(found.warnings(), found.truncated());
        found.next().ifPresent(rest -> page.stopAt(new Place(name(), rest)));
    }

    private Page<Slot> ask(int rows, FreeTimePage page, Place from) {
        var asked = new SlotSearch(
                input.ehr(), input.from(), input.to(), input.practitioner(), input.serviceType(), null, rows);
        return switch (slots.of(schedule, asked, page.call().at(from.cursor()))) {
            case ToolResult.Ok<Page<Slot>> ok -> ok.value();
            case ToolResult.Pending<Page<Slot>> pending -> throw new IllegalStateException("A list is never pending");
            case ToolResult.Failed<Page<Slot>> failed ->
                throw new IllegalStateException("A list fails by its exception");
        };
    }
}
