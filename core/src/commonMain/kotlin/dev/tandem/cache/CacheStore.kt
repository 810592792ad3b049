package dev.tandem.cache

/**
 * Where answers are kept, as bytes under a key of letters and digits. Called by many calls at once. One that fails does not
 * fail a call: the call goes on as if nothing were kept.
 */
public interface CacheStore {
    /** Null when nothing is kept, or not any more. */
    public suspend fun get(key: String): ByteArray?

    /** Keeps [value], in place of what was there, until [ttlMillis] have passed. Nobody writes to the array any more. */
    public suspend fun put(key: String, value: ByteArray, ttlMillis: Long)

    /** Forgets what is kept under [key]. Where there is nothing, nothing happens. */
    public suspend fun remove(key: String)
}
