package dev.tandem.provider.json

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.json.Json

/** Reads what providers send: lenient in what may be missing or new, never quoting the input in its messages. */
@OptIn(ExperimentalSerializationApi::class)
internal val WireJson: Json =
    Json {
        // It would quote the input, and with it whatever a server quotes.
        exceptionsWithDebugInfo = false
        ignoreUnknownKeys = true
        explicitNulls = false
        coerceInputValues = true
    }
