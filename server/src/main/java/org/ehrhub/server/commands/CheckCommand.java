package org.ehrhub.server.commands;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.Health;
import org.ehrhub.policy.Policy;
import org.ehrhub.server.ConnectedEhrs;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration, reaches each EHR and shows which tool works where. Connects for itself, beside any hub that runs,
 * so that a changed configuration can be checked before a restart.
 */
final class CheckCommand implements Command {
    private static final Duration PROBE = Duration.ofSeconds(10);

    @Override
    public int run(CommandLine line) throws InterruptedException {
        var configuration = Configurations.load(line.withoutOperands().configuration());
        var settings = configuration.settings();
        try (var ehrs = ConnectedEhrs.open(settings.beside(), Clock.systemUTC())) {
            var health = health(ehrs.registry());
            Terminal.print("Configuration " + configuration.file() + ": no problems");
            if (configuration.policy().equals(Policy.NOTHING)) {
                Terminal.print("No policy file: NOTHING IS ALLOWED, every call will be refused");
            }
            if (health.isEmpty()) {
                Terminal.print("No EHRs are configured");
            }
            ehrs.registry().all().forEach(entry -> Terminal.print(shown(entry, health.get(entry.ehr()))));
            SupportMatrix.of(ToolCatalog.canonical(), ehrs.registry()).forEach(Terminal::print);
            return health.values().stream().allMatch(Health.Up.class::isInstance) ? DONE : FAILED;
        }
    }

    private static String shown(EhrRegistry.Entry entry, @Nullable Health health) {
        return entry.ehr() + " (" + entry.type() + "): "
                + (health instanceof Health.Down(var problem) ? "DOWN: " + problem : "up");
    }

    private static Map<String, Health> health(EhrRegistry registry) throws InterruptedException {
        var asked = new LinkedHashMap<String, Future<Health>>();
        registry.all()
                .forEach(entry ->
                        asked.put(entry.ehr(), ask(() -> entry.adapter().probe(PROBE))));
        var found = new LinkedHashMap<String, Health>();
        for (var one : asked.entrySet()) {
            found.put(one.getKey(), answer(one.getValue()));
        }
        return found;
    }

    private static Future<Health> ask(Callable<Health> probe) {
        var task = new FutureTask<>(probe);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static Health answer(Future<Health> asked) throws InterruptedException {
        try {
            return asked.get(PROBE.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Health.Down("no answer within " + PROBE.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return new Health.Down("the adapter met a fault of its own");
        }
    }
}
