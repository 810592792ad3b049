@file:JvmName("-ChatUsage")

package dev.tandem.provider.openai

import dev.tandem.model.Usage
import dev.tandem.provider.json.usageOf
import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmName

internal fun usageOf(json: JsonElement?): Usage? = usageOf(json, "prompt", "completion")
