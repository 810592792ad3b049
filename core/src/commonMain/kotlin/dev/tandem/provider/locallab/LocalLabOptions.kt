@file:JvmName("-LocalLabOptions")

package dev.tandem.provider.locallab

import dev.tandem.model.Options
import dev.tandem.model.OptionsBuilder
import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.DurationUnit

/**
 * [Options] with what only LocalLab knows: `LocalLabOptions.builder().temperature(0.2).repetitionPenalty(1.2).build()`. The
 * same can be said anywhere by `extra("repetition_penalty", 1.2)`, `extra("max_time", 30)` and `extra("system_prompt", "…")`.
 */
public class LocalLabOptions private constructor() : OptionsBuilder<LocalLabOptions>() {
    /** How much the model keeps from saying the same again, from 1.0, not at all, to 2.0. The server's default is 1.15. */
    public fun repetitionPenalty(penalty: Double): LocalLabOptions = checked(RequestRanges.REPETITION_PENALTY, penalty)

    /** After how long the server makes the model stop; what it has said by then is the answer. */
    @JvmSynthetic
    public fun maxTime(time: Duration): LocalLabOptions = checked(RequestRanges.MAX_TIME, time.toDouble(DurationUnit.SECONDS))

    /** After how long the server makes the model stop; what it has said by then is the answer. */
    public fun maxTimeMillis(millis: Long): LocalLabOptions = maxTime(millis.milliseconds)

    /**
     * What the model is told before the question, in place of the server's own instructions. A system message of the request
     * follows it. Batches have no other way.
     */
    public fun systemPrompt(text: String): LocalLabOptions = extra(SYSTEM_PROMPT, text)

    /** What is set later does not change it. */
    public fun build(): Options = toOptions()

    private fun checked(name: String, value: Double): LocalLabOptions {
        RequestRanges.check(name, value)
        return extra(name, value)
    }

    public companion object {
        internal const val SYSTEM_PROMPT = "system_prompt"

        /** Begins with nothing set. */
        @JvmStatic
        public fun builder(): LocalLabOptions = LocalLabOptions()
    }
}

/** [Options] in one expression: `localLabOptions { temperature = 0.2; repetitionPenalty(1.2); maxTime(30.seconds) }`. */
@JvmSynthetic
public fun localLabOptions(build: LocalLabOptions.() -> Unit): Options = LocalLabOptions.builder().apply(build).build()
