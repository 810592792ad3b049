package dev.tandem.interop;

import dev.tandem.provider.TokenSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Credentials that do not live for ever, from Java. */
public final class TokenSources {
    private TokenSources() {}

    /**
     * Asks on a thread where it may block. Whatever it throws fails the call; it is interrupted when the call is given up.
     */
    public static TokenSource of(Supplier<String> supplier) {
        return k -> Bridge.blocking(supplier, k);
    }

    /** For suppliers that need no thread to wait on. */
    public static TokenSource ofFuture(Supplier<? extends CompletionStage<String>> supplier) {
        return k -> Bridge.await(supplier.get(), k);
    }
}
