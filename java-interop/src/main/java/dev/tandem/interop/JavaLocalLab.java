package dev.tandem.interop;

import dev.tandem.locallab.LocalLabServer;
import dev.tandem.provider.locallab.LocalLab;

/**
 * What a LocalLab server can do besides answering, seen in three ways: {@link #blocking()}, {@link #async()} and
 * {@link #reactive()} offer the same operations with the same arguments, results and exceptions. Make one, share it between
 * all threads, close it at the end.
 */
public final class JavaLocalLab extends ClientViews<LocalLabServer, BlockingLocalLab, AsyncLocalLab, ReactiveLocalLab> {
    private JavaLocalLab(LocalLabServer core) {
        super(core, core::close, new BlockingLocalLab(core), new AsyncLocalLab(core), new ReactiveLocalLab(core));
    }

    /** The server that the provider names, with everything else left as it is by default. */
    public static JavaLocalLab of(LocalLab provider) {
        return of(new LocalLabServer(provider));
    }

    /** The server behind a client of LocalLab's, by the same connections and options. Closing either closes both. */
    public static JavaLocalLab of(JavaAiClient client) {
        return of(LocalLabServer.of(client.core()));
    }

    /** The views of a server that Kotlin code made. Closing either closes both. */
    public static JavaLocalLab of(LocalLabServer core) {
        return new JavaLocalLab(core);
    }
}
