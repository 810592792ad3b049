package dev.tandem.redis

import io.lettuce.core.RedisNoScriptException
import io.lettuce.core.ScriptOutputType
import java.security.MessageDigest

/** A Lua program, which the server runs as one: nobody else's command comes in between. */
internal class Script(name: String) {
    private val text = checkNotNull(Script::class.java.getResourceAsStream(name)) { "$name is missing in the jar" }.use { it.readBytes() }
    private val digest = MessageDigest.getInstance("SHA-1").digest(text).hex()

    /** Sends the text only to a server that does not know it yet. */
    suspend fun run(redis: Redis, keys: List<String>, vararg values: Any): List<Long> {
        val names = keys.toTypedArray()
        val arguments = Array(values.size) { values[it].toString().encodeToByteArray() }
        return try {
            redis.ask { evalsha<List<Long>>(digest, ScriptOutputType.MULTI, names, *arguments) }
        } catch (_: RedisNoScriptException) {
            redis.ask { eval<List<Long>>(text, ScriptOutputType.MULTI, names, *arguments) }
        }.orEmpty()
    }
}
