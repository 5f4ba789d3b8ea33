package org.ehrhub.server.commands;

import java.util.concurrent.CountDownLatch;

/** Starts the hub with its web server and runs until it is stopped. */
final class StartCommand implements Command {
    @Override
    public int run(CommandLine line) throws InterruptedException {
        var hub = RunningHub.start(line);
        Runtime.getRuntime().addShutdownHook(new Thread(hub::close, "stop"));
        Terminal.print(Welcome.text(hub.address()));
        new CountDownLatch(1).await();
        return DONE;
    }
}
