package dev.tandem.interop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept, as bytes under a key of letters and digits. Called by many threads at once, on which it may block.
 * What it throws does not fail a call: that goes on as if nothing were kept.
 */
public interface JavaCacheStore {
    /** Null when nothing is kept, or not any more. */
    byte @Nullable [] get(String key);

    /** Keeps {@code value} for {@code ttl}, in place of what was kept by that key. */
    void put(String key, byte[] value, Duration ttl);

    /** Forgets what is kept by {@code key}, if anything is. */
    void remove(String key);
}
