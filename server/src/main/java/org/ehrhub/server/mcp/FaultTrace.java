package org.ehrhub.server.mcp;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An exception as it may be logged: types and places, not messages, which may quote what a caller or an EHR said. */
final class FaultTrace {
    private static final int FRAMES = 12;
    private static final int CAUSES = 5;

    private FaultTrace() {}

    static String of(Exception fault) {
        var text = new StringBuilder();
        Throwable next = fault;
        for (int i = 0; next != null && i < CAUSES; i++, next = next.getCause()) {
            text.append(i == 0 ? "" : " caused by ").append(next.getClass().getName());
            text.append(Arrays.stream(next.getStackTrace())
                    .limit(FRAMES)
                    .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                    .collect(Collectors.joining(" < ", " at ", "")));
        }
        return text.toString();
    }
}
