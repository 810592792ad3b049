package dev.tandem.interop;

import dev.tandem.cache.CacheStore;
import java.time.Duration;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;

/** A {@link JavaCacheStore} for the client, on threads where it may block. */
final class BlockingStore implements CacheStore {
    private final JavaCacheStore store;

    BlockingStore(JavaCacheStore store) {
        this.store = store;
    }

    @Override
    public @Nullable Object get(String key, Continuation<? super byte[]> k) {
        return Bridge.<byte @Nullable []>blocking(() -> store.get(key), k);
    }

    @Override
    public @Nullable Object put(String key, byte[] value, long ttlMillis, Continuation<? super Unit> k) {
        return Bridge.blocking(
                () -> {
                    store.put(key, value, Duration.ofMillis(ttlMillis));
                    return Unit.INSTANCE;
                },
                k);
    }

    @Override
    public @Nullable Object remove(String key, Continuation<? super Unit> k) {
        return Bridge.blocking(
                () -> {
                    store.remove(key);
                    return Unit.INSTANCE;
                },
                k);
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
