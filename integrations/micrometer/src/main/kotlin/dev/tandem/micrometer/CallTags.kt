@file:JvmName("-CallTags")

package dev.tandem.micrometer

import dev.tandem.pipeline.Call
import io.micrometer.core.instrument.Tags

/** Who is asked for what. Meters of one name must all have the same tags, so what is not known has a word of its own. */
internal fun tagsOf(call: Call<*>): Tags = Tags.of(
    "provider",
    call.target.name,
    "model",
    call.request.options.model
        ?.takeIf { call.operation.asksModel } ?: NONE,
    "operation",
    call.operation.toString(),
)

/** The type of a failure. Its message is another one each time, and no tag. */
internal fun errorTag(error: Throwable?): Tags = Tags.of("error", error?.let { it.javaClass.simpleName.ifEmpty { "anonymous" } } ?: NONE)

internal const val NONE = "none"
