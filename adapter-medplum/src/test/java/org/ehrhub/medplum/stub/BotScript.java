package org.ehrhub.medplum.stub;

/** What a bot of the stub does in place of its code. */
@FunctionalInterface
public interface BotScript {
    /** Runs once. */
    BotAnswer run(BotEvent event);
}
