@file:JvmName("-ReplayJson")

package dev.tandem.workflow.replay

import kotlinx.serialization.json.Json

/** How steps are written and read: a later version of a program reads what an earlier one wrote. */
public val replayJson: Json = Json {
    ignoreUnknownKeys = true
    allowSpecialFloatingPointValues = true
}
