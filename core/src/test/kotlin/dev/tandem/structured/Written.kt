package dev.tandem.structured

import io.kotest.assertions.withClue
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlin.random.Random
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid

/** Values of the types that users have, made up at random. */
internal object Written {
    fun all(seed: Long, look: (AnswerType<*>, JsonElement, Any) -> Unit) {
        val random = Random(seed)
        withClue("seed $seed") {
            repeat(200) {
                one(Everything.serializer(), everything(random), look)
                one(Shape.serializer(), shape(random, 3), look)
                one(Node.serializer(), node(random, 4), look)
                one(
                    City.serializer(),
                    City(text(random), random.nextInt(), Person("x", random.nextInt()).takeIf { random.nextBoolean() }),
                    look,
                )
            }
        }
    }

    private fun <T : Any> one(serializer: KSerializer<T>, value: T, look: (AnswerType<*>, JsonElement, Any) -> Unit) {
        val type = types.getOrPut(serializer) { AnswerTypes.of(serializer) }
        look(type, Json.encodeToJsonElement(serializer, value), value)
        look(type, Full.encodeToJsonElement(serializer, value), value)
    }

    private val types = HashMap<KSerializer<*>, AnswerType<*>>()
    private val Full = Json { encodeDefaults = true }

    @OptIn(ExperimentalUuidApi::class)
    private fun everything(random: Random) = Everything(
        text(random),
        'ü',
        random.nextInt().toByte(),
        random.nextLong(),
        random.nextInt().toUInt(),
        random.nextFloat(),
        random.nextBoolean(),
        Wind.entries.random(random),
        Wind.entries.random(random).takeIf { random.nextBoolean() },
        shape(random, 2),
        Pet.Cat(random.nextInt()),
        Nothing,
        mapOf(text(random) to random.nextInt()),
        Wind.entries.filter { random.nextBoolean() }.associateWith { random.nextInt() },
        mapOf(random.nextInt() to text(random)),
        Uuid.random(),
        List(random.nextInt(3)) { mapOf(text(random) to listOf(1, null)) },
    )

    private fun shape(random: Random, depth: Int): Shape = when (random.nextInt(if (depth == 0) 2 else 3)) {
        0 -> Shape.Empty
        1 -> Shape.Circle(Meters(random.nextDouble()))
        else -> Shape.Group(List(random.nextInt(3)) { shape(random, depth - 1) }, text(random))
    }

    private fun node(random: Random, depth: Int): Node =
        Node(text(random), List(if (depth == 0) 0 else random.nextInt(3)) { node(random, depth - 1) })

    private fun text(random: Random) =
        List(random.nextInt(6)) { "aé\"\\\n{[😀 ".random(random) }.filter { !it.isSurrogate() }.joinToString("")
}
