package dev.tandem.interop;

/**
 * The threads on which coroutines work: this library's, and those of whatever else in the process has coroutines, which share
 * them. As many as there are processors, two at least, unless set. None of them waits for an answer, so a few serve thousands of
 * calls; a call of {@code blocking()} works on its caller's thread, and code of yours that is called back has threads of its own.
 */
public final class WorkerThreads {
    private WorkerThreads() {}

    /**
     * How many there are to be. To be called before anything else is: an {@link IllegalStateException} tells that coroutines have
     * been at work already, and with another number.
     */
    public static void configure(int threads) {
        if (threads < 1) throw new IllegalArgumentException("worker threads must be at least 1, but are " + threads);
        Workers.configure(threads);
    }

    /** How many there are. From now on this is no longer to be changed. */
    public static int count() {
        return Workers.count();
    }
}
