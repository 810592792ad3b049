@file:JvmName("-AnswerTypes")

package dev.tandem.structured

import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.serializer
import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** The types of answers that kotlinx.serialization knows. */
public object AnswerTypes {
    /** Looks at the whole type now: what JSON Schema cannot say is an [IllegalArgumentException] that names the member. */
    @JvmStatic
    public fun <T : Any> of(serializer: KSerializer<T>): AnswerType<T> = of(serializer, Json)

    /** The same with your own [json]: its contextual and polymorphic classes, its discriminator, its names. */
    @JvmStatic
    public fun <T : Any> of(serializer: KSerializer<T>, json: Json): AnswerType<T> = SerializableType(serializer, json)
}

/** The serializable class [T] as an answer: `ai.extract("…", answerType<City>())`. Make it once where that is done often. */
@JvmSynthetic
public inline fun <reified T : Any> answerType(): AnswerType<T> = AnswerTypes.of(serializer<T>())

/** The same of a class whose serializer is at hand, read and written by your own [json]. */
@JvmSynthetic
public fun <T : Any> answerType(serializer: KSerializer<T>, json: Json = Json): AnswerType<T> = AnswerTypes.of(serializer, json)
