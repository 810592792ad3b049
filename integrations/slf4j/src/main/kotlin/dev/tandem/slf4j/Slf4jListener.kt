package dev.tandem.slf4j

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener
import dev.tandem.telemetry.LogLines
import org.slf4j.Logger
import org.slf4j.LoggerFactory

/**
 * Logs what happens to calls, a line each: failures as WARN, retries and fallbacks as INFO, all else as DEBUG. Lines are those of
 * [LogLines]: no prompt, no answer, no header and no key is in them.
 */
public class Slf4jListener private constructor(from: Builder) : CallListener {
    private val lines = LogLines
        .builder(LoggerSink(from.logger ?: LoggerFactory.getLogger(from.name)))
        .exceptions(from.exceptions)
        .build()

    /** One line, where the logger keeps such; written on the thread that brings the event. */
    override fun onEvent(call: Call<*>, event: CallEvent): Unit = lines.onEvent(call, event)

    /** Where lines go, and how much they say. */
    public class Builder internal constructor() {
        internal var name = NAME
            private set
        internal var logger: Logger? = null
            private set
        internal var exceptions = false
            private set

        /** The logger of this name; `dev.tandem` unless set. */
        public fun logger(name: String): Builder = apply {
            this.name = name
            logger = null
        }

        /** This very logger, whatever its name. */
        public fun logger(logger: Logger): Builder = apply { this.logger = logger }

        /**
         * Whether the exception of a failure is logged too. Its message is what the provider said, and some providers quote the request.
         */
        public fun exceptions(areWanted: Boolean): Builder = apply { exceptions = areWanted }

        /** What is set later does not change it. */
        public fun build(): Slf4jListener = Slf4jListener(this)
    }

    public companion object {
        private const val NAME = "dev.tandem"

        /** To the logger `dev.tandem`. */
        @JvmStatic
        public fun create(): Slf4jListener = builder().build()

        /** Begins with the logger `dev.tandem`, and without exceptions. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
