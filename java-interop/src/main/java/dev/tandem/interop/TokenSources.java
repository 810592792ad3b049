package dev.tandem.interop;

import dev.tandem.provider.TokenSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.InterruptibleKt;
import kotlinx.coroutines.future.FutureKt;
import org.jspecify.annotations.Nullable;

/** Credentials that do not live for ever, from Java. */
public final class TokenSources {
    private TokenSources() {}

    /** Asks on a thread of its own, so it may block. Whatever it throws fails the call. Interrupted when the call is given up. */
    public static TokenSource of(Supplier<String> supplier) {
        return new TokenSource() {
            @Override
            public @Nullable Object token(Continuation<? super String> k) {
                return InterruptibleKt.runInterruptible(Dispatchers.getIO(), supplier::get, k);
            }
        };
    }

    /** For suppliers that need no thread to wait on. */
    public static TokenSource ofFuture(Supplier<? extends CompletionStage<String>> supplier) {
        return new TokenSource() {
            @Override
            public @Nullable Object token(Continuation<? super String> k) {
                return FutureKt.await(supplier.get(), k);
            }
        };
    }
}
