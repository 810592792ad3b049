package dev.tandem.bench.floor;

import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts server-sent events out of pieces of bytes and gives the content of each to a consumer. */
public final class SseFloor {
    private final Consumer<String> onDelta;

    /** The beginning of a line whose end has not come yet. */
    private byte[] cut = new byte[1024];

    private int cutLength;

    public SseFloor(Consumer<String> onDelta) {
        this.onDelta = onDelta;
    }

    public void feed(byte[] bytes, int from, int to) {
        int begin = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\n') continue;
            if (cutLength == 0) {
                line(bytes, begin, i);
            } else {
                keep(bytes, begin, i);
                line(cut, 0, cutLength);
                cutLength = 0;
            }
            begin = i + 1;
        }
        keep(bytes, begin, to);
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = cutLength + to - from;
        if (length > cut.length) cut = Arrays.copyOf(cut, length * 2);
        System.arraycopy(bytes, from, cut, cutLength, to - from);
        cutLength = length;
    }

    private void line(byte[] bytes, int from, int to) {
        if (to == from) return;
        String text = Content.of(bytes, from, to);
        if (text != null) onDelta.accept(text);
    }
}
