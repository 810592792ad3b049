package dev.tandem.interop;

import dev.tandem.platform.ContextCarrier;
import org.jspecify.annotations.Nullable;

/** Carries a note along, as a log's context would be. */
public final class NoteCarrier implements ContextCarrier {
    static final ThreadLocal<@Nullable String> NOTE = new ThreadLocal<>();

    @Override
    public Captured capture() {
        String note = NOTE.get();
        return () -> {
            String before = NOTE.get();
            NOTE.set(note);
            return () -> NOTE.set(before);
        };
    }
}
