package dev.tandem.telemetry

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent

/**
 * Hears what happens to the calls of a client, attempt by attempt. Called in the midst of the call, by many calls at once: it
 * must be quick and not block. What it throws is nobody's business, and dropped.
 */
public fun interface CallListener {
    /** [call] says who is asked and which attempt it is. Its request may hold prompts and secrets. */
    public fun onEvent(call: Call<*>, event: CallEvent)
}
