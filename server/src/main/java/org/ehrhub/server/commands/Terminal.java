package org.ehrhub.server.commands;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process's real standard output, for what a command answers; {@code System.out} goes to standard error. */
final class Terminal {
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Terminal() {}

    static OutputStream out() {
        return OUT;
    }

    static void print(String text) {
        var out = new PrintStream(OUT, false, StandardCharsets.UTF_8);
        out.println(text);
        out.flush();
    }
}
