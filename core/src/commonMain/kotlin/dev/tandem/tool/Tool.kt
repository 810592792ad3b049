package dev.tandem.tool

import dev.tandem.model.ToolDefinition
import kotlinx.serialization.json.JsonObject

/**
 * A tool that the client runs itself. Where a request carries such, one call of the client is a conversation: the model
 * asks, the tools answer, until the model has all it needs. See [dev.tandem.model.ToolPolicy] for what may be set.
 */
public abstract class Tool protected constructor(name: String, description: String, parameters: JsonObject) :
    ToolDefinition(name, description, parameters) {
        /** How long one run may take, in milliseconds; null for what the policy says. */
        public open val timeoutMillis: Long? get() = null

        /**
         * What the model gets to read for these [arguments], which fit [parameters]. Runs beside other tools, is cancelled with
         * the call and when its time is over. Whatever it throws is told to the model by its message, or fails the call, as the
         * policy says; [IllegalArgumentException] is always told, since the arguments are the model's.
         */
        public abstract suspend fun run(arguments: JsonObject): String
    }
