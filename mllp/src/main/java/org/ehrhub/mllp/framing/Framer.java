package org.ehrhub.mllp.framing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into frames, however it arrives: a byte at a time or many frames at once (MLLP Release 1, 2). Where
 * peers leave out a block or use its byte in a text, two messages are never taken for one:
 *
 * <ul>
 *   <li>an end block counts with a carriage return or line feed after it, a start block, the end of the stream, or a pause
 *       ({@link #pause()}); before any other byte it is a part of the text;
 *   <li>a start block within a frame begins another one where a header segment follows, and cuts the first off; elsewhere it
 *       is a part of the text;
 *   <li>a header segment that no start block precedes begins a frame as well; what else lies between frames is counted and
 *       left out.
 * </ul>
 *
 * For one thread.
 */
public final class Framer {
    /** Begins a frame. */
    public static final byte START = 0x0B;

    /** Ends a frame, with a carriage return after it. */
    public static final byte END = 0x1C;

    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final int KEPT_OF_A_LONG_ONE = 4096;

    private final int mostBytes;
    private final Consumer<Frame> frames;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(2048);
    private final HeaderSearch header = new HeaderSearch();
    private Place place = Place.BETWEEN;
    private boolean ending;
    private long junk;

    /** Where in the stream the next byte lies. */
    private enum Place {
        BETWEEN,
        WITHIN,
        /** Within a frame that is too long, of which nothing more is kept. */
        BEYOND
    }

    /**
     * A framer at the beginning of a stream.
     *
     * @param mostBytes the longest content
     * @param frames gets each frame as soon as it ends
     */
    public Framer(int mostBytes, Consumer<Frame> frames) {
        this.mostBytes = mostBytes;
        this.frames = frames;
        header.begin();
    }

    /** Takes what has arrived. */
    public void take(byte[] bytes, int from, int length) {
        int end = from + length;
        for (int i = from; i < end; i++) {
            i = text(bytes, i, end);
            if (i < end) {
                take(bytes[i]);
            }
        }
    }

    /** Whether the last byte may be the end of a frame, which {@link #pause()} would make certain. */
    public boolean isEnding() {
        return ending;
    }

    /** The peer has paused: an end block that came last is the end of its frame. */
    public void pause() {
        if (ending) {
            end(Frame.State.WHOLE);
        }
    }

    /** The stream has ended. */
    public void close() {
        pause();
        if (place != Place.BETWEEN) {
            end(Frame.State.CUT_OFF);
        }
    }

    /** How many bytes belonged to no frame until now; those that peers send to keep a connection alive do not count. */
    public long junk() {
        return junk;
    }

    /** Takes all that is plainly text; gives where something else begins. */
    private int text(byte[] bytes, int from, int end) {
        if (place == Place.BETWEEN || ending || header.isSearching()) {
            return from;
        }
        int to = from;
        while (to < end && bytes[to] != END && bytes[to] != START) {
            to++;
        }
        keep(bytes, from, to - from);
        return to;
    }

    private void take(byte next) {
        if (ending) {
            afterEnd(next);
        } else if (header.isSearching()) {
            search(next);
        } else if (place == Place.BETWEEN) {
            between(next);
        } else if (next == END) {
            ending = true;
        } else {
            header.begin(); // a start block, as all text is taken already
        }
    }

    private void afterEnd(byte next) {
        if (next == CR || next == LF || next == START) {
            end(Frame.State.WHOLE);
            if (next == START) {
                begin();
            }
        } else {
            ending = false;
            keep(new byte[] {END}, 0, 1);
            again(next);
        }
    }

    private void search(byte next) {
        switch (header.take(next)) {
            case MORE -> {}
            case FOUND -> {
                var found = header.end();
                if (place != Place.BETWEEN) {
                    end(Frame.State.CUT_OFF);
                }
                begin();
                keep(found, 0, found.length);
            }
            case NOT -> {
                putBack(header.end());
                again(next);
            }
        }
    }

    private void putBack(byte[] searched) {
        if (place == Place.BETWEEN) {
            junk += searched.length;
        } else {
            keep(new byte[] {START}, 0, 1);
            keep(searched, 0, searched.length);
        }
    }

    private void between(byte next) {
        if (next == START) {
            begin();
        } else if (next == CR || next == LF) {
            header.begin();
        } else {
            junk++;
        }
    }

    /** Takes a byte that turned out not to belong to what came before it. */
    private void again(byte next) {
        if (place == Place.BETWEEN || next == END || next == START) {
            take(next);
        } else {
            keep(new byte[] {next}, 0, 1);
        }
    }

    private void begin() {
        content.reset();
        header.end();
        place = Place.WITHIN;
    }

    private void keep(byte[] bytes, int from, int length) {
        if (place != Place.WITHIN) {
            return;
        }
        if (content.size() + length > mostBytes) {
            content.write(bytes, from, Math.clamp(KEPT_OF_A_LONG_ONE - (long) content.size(), 0, length));
            frames.accept(new Frame(
                    Arrays.copyOf(content.toByteArray(), Math.min(content.size(), KEPT_OF_A_LONG_ONE)),
                    Frame.State.TOO_LONG));
            content.reset();
            place = Place.BEYOND;
        } else {
            content.write(bytes, from, length);
        }
    }

    private void end(Frame.State state) {
        var was = place;
        place = Place.BETWEEN;
        ending = false;
        header.begin();
        boolean told = was == Place.WITHIN && (state == Frame.State.WHOLE || content.size() > 0);
        if (told) {
            frames.accept(new Frame(content.toByteArray(), state));
        }
        content.reset();
    }
}
