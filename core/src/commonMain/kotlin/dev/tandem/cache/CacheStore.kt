package dev.tandem.cache

/**
 * Where answers are kept, as bytes under a key of letters and digits. Called by many calls at once. One that fails does not
 * fail a call: the call goes on as if nothing were kept.
 */
public interface CacheStore {
    /** Null when nothing is kept, or not any more. */
    public suspend fun get(key: String): ByteArray?

    public suspend fun put(key: String, value: ByteArray, ttlMillis: Long)

    public suspend fun remove(key: String)
}
