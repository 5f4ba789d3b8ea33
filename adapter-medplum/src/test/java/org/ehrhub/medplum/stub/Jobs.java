package org.ehrhub.medplum.stub;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Asynchronous jobs: the work is done at once, and told at the second poll unless a test says otherwise. */
public final class Jobs {
    private static final int WRITE = 100;

    private final Archive archive;
    private final Storage storage;
    private final Places places;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private volatile int unready = 1;

    Jobs(Archive archive, Storage storage, Places places) {
        this.archive = archive;
        this.storage = storage;
        this.places = places;
    }

    /** How a job ended: {@code completed} or {@code error}, which says nothing of what came of it. */
    record Ended(String status, ObjectNode output) {}

    private record Job(String id, Asked asked, Instant began, Ended ended, AtomicInteger unready) {}

    /** How many polls of a job are answered with 202 before it is told. */
    public void unreadyPolls(int polls) {
        unready = polls;
    }

    /** As a server that was started again: the jobs that were not told yet stay {@code accepted} for ever. */
    public void restart() {
        jobs.values().forEach(job -> job.unready().set(Integer.MAX_VALUE));
    }

    Said start(Call call, Supplier<Ended> work) {
        call.charge(WRITE);
        var job = new Job(
                Archive.newId(), call.asked(), archive.clock().instant(), work.get(), new AtomicInteger(unready));
        jobs.put(job.id(), job);
        return Said.outcome(Outcomes.accepted(places.job(job.id())), call.asked())
                .with("Content-Location", places.job(job.id()));
    }

    /** A job whose result is a Binary with the bundle that the work makes. */
    Said batch(Call call, Supplier<ObjectNode> work) {
        return start(call, () -> {
            var binary = Json.resource("Binary").put("id", Archive.newId()).put("contentType", Said.FHIR);
            storage.keep(Json.id(binary), Said.FHIR, Storage.base64(Json.MAPPER.writeValueAsBytes(work.get())));
            archive.put(binary);
            var results = Json.parameter("results");
            results.set("valueReference", Json.reference(Json.address(binary)));
            return new Ended("completed", Json.parameters(results));
        });
    }

    static ObjectNode outcome(ObjectNode outcome) {
        var parameter = Json.parameter("outcome");
        parameter.set("resource", outcome);
        return parameter;
    }

    static ObjectNode body(String text) {
        return Json.parameter("responseBody").put("valueString", text);
    }

    Said poll(Call call, String id) {
        call.charge(1);
        var job = jobs.get(id);
        if (job == null) {
            throw Refused.notFound();
        }
        var told = job.unready().getAndDecrement() <= 0;
        var shown = Json.resource("AsyncJob")
                .put("status", told ? job.ended().status() : "accepted")
                .put("request", places.fhir() + job.asked().path().replaceFirst("^/", ""))
                .put("requestTime", Kept.moment(job.began()))
                .put("id", job.id());
        if (told) {
            shown.put("transactionTime", Kept.moment(archive.clock().instant()));
            shown.set("output", job.ended().output());
        }
        return Said.fhir(told ? 200 : 202, shown).with("ETag", "W/\"" + job.id() + "\"");
    }
}
