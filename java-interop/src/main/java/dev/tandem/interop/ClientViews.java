package dev.tandem.interop;

/** The views of what must be closed at the end: that ends all three. */
public abstract class ClientViews<C, B, A, R> extends Views<C, B, A, R> implements AutoCloseable {
    private final Runnable end;

    ClientViews(C core, Runnable end, B blocking, A async, R reactive) {
        super(core, blocking, async, reactive);
        this.end = end;
    }

    /**
     * Ends calls under way with an {@link IllegalStateException}, and frees all threads and connections. Closing twice is
     * fine.
     */
    @Override
    public final void close() {
        end.run();
    }
}
