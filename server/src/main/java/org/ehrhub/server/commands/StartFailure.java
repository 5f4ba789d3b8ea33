package org.ehrhub.server.commands;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.ehrhub.server.config.ConfigurationRefused;

/** Says in plain words why the hub could not start. */
final class StartFailure {
    private StartFailure() {}

    static List<String> explain(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || cause.getClass().getSimpleName().equals("PortInUseException")) {
                return List.of("ehr-hub: a port is taken by another program; use --port N, or --port 0 for a free one");
            }
            if (cause instanceof ConfigurationRefused refused) {
                return List.of(refused.getMessage());
            }
        }
        var root = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (root instanceof UncheckedIOException || root instanceof java.io.IOException) {
            return List.of("ehr-hub: " + root.getMessage());
        }
        return places(root);
    }

    /** Types and places only: the message of an exception nobody planned for may quote anything. */
    private static List<String> places(Throwable fault) {
        var lines = new ArrayList<String>();
        lines.add("ehr-hub: a fault of the hub; please report these lines");
        for (var cause = fault; cause != null && lines.size() < 60; cause = cause.getCause()) {
            lines.add("  " + cause.getClass().getName());
            for (var frame : cause.getStackTrace()) {
                if (lines.size() < 60) {
                    lines.add("    " + frame);
                }
            }
        }
        return lines;
    }
}
