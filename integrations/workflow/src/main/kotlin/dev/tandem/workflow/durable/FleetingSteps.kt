package dev.tandem.workflow.durable

import kotlinx.coroutines.delay
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json

/** Nothing outlives the process. */
internal class FleetingSteps : LocalSteps {
    private val answers = Answers()

    override suspend fun <T> step(name: String, serializer: KSerializer<T>, action: suspend () -> T): T = action()

    override suspend fun pause(name: String, millis: Long) = delay(millis)

    override suspend fun <T> await(name: String, serializer: KSerializer<T>): T =
        Json.decodeFromJsonElement(serializer, answers.await(name))

    override suspend fun <T> answer(name: String, serializer: KSerializer<T>, value: T): Boolean =
        answers.give(name, Json.encodeToJsonElement(serializer, value))
}
