package dev.tandem.provider.json

import io.kotest.assertions.fail
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.Base64
import kotlin.random.Random
import kotlin.random.nextInt

/** Numbers are compared with what `toFloat` makes of them, the rest with the whole taken at once. */
class VectorsSpec :
    FunSpec({
        val seed = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()

        test("every number is the float nearest to it, to the last bit") {
            val random = Random(seed)
            repeat(300) {
                val numbers = List(random.nextInt(1, 1_000)) { numberOf(random) }
                val list = numbers.joinToString(",", "[", "]")
                val read = Floats(list.encodeToByteArray(), list.length).list(0).shouldNotBeNull()
                read.size shouldBe numbers.size
                numbers.forEachIndexed { i, number ->
                    if (read[i].toRawBits() != number.toFloat().toRawBits()) fail("seed $seed: $number became ${read[i]}")
                }
            }
        }

        test("base64 of any length gives the very floats") {
            val random = Random(seed)
            repeat(2_000) {
                val floats = FloatArray(random.nextInt(1, 40)) { Float.fromBits(random.nextInt()) }
                val bytes = ByteBuffer.allocate(floats.size * 4).order(ByteOrder.LITTLE_ENDIAN)
                floats.forEach(bytes::putFloat)
                val body = """{"embedding":"${Base64.getEncoder().encodeToString(bytes.array())}"}""".encodeToByteArray()
                val vectors = Vectors.cut(body, 0, body.size).shouldNotBeNull()
                vectors.rest shouldBe """{"embedding":[0]}"""
                val read = vectors.of(Json.parseToJsonElement("[0]")).shouldNotBeNull()
                read.map(Float::toRawBits) shouldBe floats.map(Float::toRawBits)
            }
        }

        test("what is no list of numbers and no base64 is left as it came, or all of it is") {
            val kept = listOf(
                "[]",
                "[[]]",
                """["1.5"]""",
                "[null]",
                "[true,1]",
                "{}",
                "\"%\"",
                "\"\"",
                "\"AACAPwA=\"",
                "\"AACAPw=\"",
                "\"AACAPw\"",
                "\"\\/\"",
                "\"AACAP===\"",
                "\"AACAPx==\"",
                "null",
                "7",
                "\"cut",
            )
            for (value in kept) {
                withClue(value) {
                    val body = """{"embedding":$value}""".encodeToByteArray()
                    Vectors.cut(body, 0, body.size).shouldNotBeNull().rest shouldBe body.decodeToString()
                }
            }
            for (value in listOf(
                "[1,]",
                "[1",
                "[+1]",
                "[.5]",
                "[1.]",
                "[1,null]",
                "[-]",
                "[1e]",
                "[1 2]",
                "[1e+]",
                "[1,[2]]",
                "[1.2.3]",
                "[1",
            )) {
                withClue(value) {
                    val body = """{"embedding":$value}""".encodeToByteArray()
                    Vectors.cut(body, 0, body.size) shouldBe null
                }
            }
            val text = """{"a":"[1]","b\"embedding":"AACAPw==","c":["embedding","AACAPw=="],"d":"\\"}""".encodeToByteArray()
            Vectors.cut(text, 0, text.size).shouldNotBeNull().rest shouldBe text.decodeToString().replace("\"AACAPw==\",\"c\"", "[0],\"c\"")
        }

        test("broken or not, the rest is judged as the whole would be") {
            val random = Random(seed)
            var whole = 0
            repeat(20_000) {
                val body = mangled(bodyOf(random), random).encodeToByteArray()
                val text = body.decodeToString()
                val vectors = Vectors.cut(body, 0, body.size) ?: return@repeat
                withClue("seed $seed: $text") {
                    (StrictJson.problemOf(vectors.rest) == null) shouldBe (StrictJson.problemOf(text) == null)
                    if (StrictJson.problemOf(text) == null) {
                        val left = runCatching { Json.parseToJsonElement(vectors.rest) }.getOrNull()
                        left?.let { floats(restored(it, vectors)) } shouldBe
                            runCatching { floats(Json.parseToJsonElement(text)) }.getOrNull()
                        whole++
                    }
                }
            }
            whole shouldBeGreaterThan 2_000
        }
    })

/** Where rounding is hard: many digits, middles between floats, the ends of the range. */
private fun numberOf(random: Random): String {
    val float = Float.fromBits(random.nextInt()).takeIf(Float::isFinite) ?: 1f
    val near = random.nextInt(-1..1)
    return when (random.nextInt(12)) {
        0 -> "$float"

        1 -> "${float.toDouble()}"

        2 -> "${random.nextDouble(-1.0, 1.0)}"

        3 -> "${(random.nextDouble() - 0.5).toFloat()}"

        4 -> float.toBigDecimal().toPlainString().take(60)

        5 -> "${Double.fromBits(((float.toDouble() + Float.fromBits(float.toRawBits() + 1).toDouble()) / 2).toRawBits() + near)}"

        6 -> (
            (
                1f + random.nextInt(
                    1 shl 20,
                ) / 1024f
            ).let { it.toBigDecimal() + it.nextUp().toBigDecimal() } / 2.toBigDecimal()
        ).toPlainString()

        7 -> NASTY.random(random)

        8 -> "${random.nextLong()}${if (random.nextBoolean()) "" else ".${random.nextLong(Long.MAX_VALUE)}"}"

        9 -> "${random.nextInt(-9, 10)}e${random.nextInt(-60, 60)}"

        10 -> "${random.nextLong(-(1L shl 55), 1L shl 55)}E${if (random.nextBoolean()) "+" else ""}${random.nextInt(0, 24)}"

        else -> "0.${"0".repeat(random.nextInt(30))}${random.nextLong(Long.MAX_VALUE)}e-${random.nextInt(25)}"
    }.takeUnless { "Infinity" in it || "NaN" in it } ?: "0"
}

private val NASTY = listOf(
    "0",
    "-0",
    "-0.0",
    "0e9",
    "0e-999999999999",
    "1e999999999999",
    "-1e999",
    "1e-45",
    "1.4e-45",
    "7.0064923216240853e-46",
    "7.0064923216240854e-46",
    "1.17549435e-38",
    "1.1754943e-38",
    "3.4028235e38",
    "3.4028235677973366e38",
    "3.4028235677973367e38",
    "16777217",
    "16777219",
    "16777217.0000000001",
    "9007199254740993",
    "123456789012345678",
    "1234567890123456789",
    "99999999999999999999",
    "0.000000000000000000000000000001",
    "00012",
    "1.00000005960464477539",
    "1.000000059604644775390625",
    "1.00000005960464477539062500001",
)

private fun Float.nextUp() = Float.fromBits(toRawBits() + 1)

private fun bodyOf(random: Random): String {
    fun space() = if (random.nextInt(5) == 0) listOf(" ", "\n", "\t ", "\r\n").random(random) else ""

    fun value(): String = when (random.nextInt(5)) {
        0 -> """"AACAPwAAIMA=""""
        1 -> "[]"
        else -> List(random.nextInt(1, 4)) { space() + random.nextInt(-9, 10) * 0.5 + space() }.joinToString(",", "[", "]")
    }
    val entries = List(random.nextInt(3)) { """{"index":$it,${space()}"embedding"${space()}:${space()}${value()}${space()}}""" }
    return """{"data":${space()}[${entries.joinToString(",")}],"x":[[1,2],[3],"[7]"],"usage":{"n":7}}"""
}

private fun mangled(body: String, random: Random): String {
    if (random.nextInt(3) == 0) return body
    val at = random.nextInt(body.length)
    val word = listOf("[", "]", "\"", "\\", ",", "1", "-", "[7]", "\"embedding\":", "e", ".", "", "\u00E9").random(random)
    return body.take(at) + word + body.drop(at + random.nextInt(2))
}

private fun restored(json: JsonElement, vectors: Vectors): JsonElement =
    vectors.of(json)?.let { vector -> JsonArray(vector.map(::JsonPrimitive)) } ?: when (json) {
        is JsonArray -> JsonArray(json.map { restored(it, vectors) })
        is JsonObject -> JsonObject(json.mapValues { restored(it.value, vectors) })
        else -> json
    }

/** All vectors as numbers that a float holds: some are left as they came. */
private fun floats(json: JsonElement, name: String = ""): JsonElement = when {
    json is JsonArray && json.isNotEmpty() && json.all { it is JsonPrimitive && !it.isString && it.content.toFloatOrNull() != null } -> {
        JsonArray(json.map { JsonPrimitive((it as JsonPrimitive).content.toFloat()) })
    }

    json is JsonArray -> {
        JsonArray(json.map { floats(it) })
    }

    json is JsonObject -> {
        JsonObject(json.mapValues { floats(it.value, it.key) })
    }

    json is JsonPrimitive && json.isString && name == "embedding" -> {
        runCatching {
            val bytes = ByteBuffer.wrap(Base64.getDecoder().decode(json.content)).order(ByteOrder.LITTLE_ENDIAN)
            JsonArray(List(bytes.remaining() / 4) { JsonPrimitive(bytes.getFloat()) }).takeIf { it.isNotEmpty() }
        }.getOrNull() ?: json
    }

    else -> {
        json
    }
}
