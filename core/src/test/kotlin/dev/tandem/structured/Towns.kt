package dev.tandem.structured

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonClassDiscriminator
import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmInline
import kotlin.time.Duration.Companion.seconds
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid

@Serializable
data class ByWind(val cities: Map<Wind, City>)

@Serializable
sealed interface Sort {
    @Serializable
    data class One(val type: String) : Sort
}

/** Types of answers, as users have them. */
@Serializable
@Description("A city")
data class City(
    @Description("In its own language") val name: String,
    val population: Int,
    val mayor: Person? = null,
    val twins: List<String> = emptyList(),
)

@Serializable
data class Person(val name: String, val age: Int = 40)

@Serializable
data class Node(val name: String, val children: List<Node> = emptyList())

@Serializable
data class Box<T>(val content: T, val label: String = "none")

@Serializable
data class Boxes(val numbers: Box<Int>, val more: Box<Int>, val names: Box<List<String>>, val boxed: Box<Box<Int>>)

@Serializable
enum class Wind {
    @Description("From above")
    NORTH,

    @SerialName("s")
    SOUTH,
}

@Serializable
@JvmInline
value class Meters(val value: Double)

@Serializable
object Nothing

@Serializable
sealed interface Shape {
    @Serializable
    @SerialName("circle")
    data class Circle(val radius: Meters) : Shape

    @Serializable
    @SerialName("group")
    data class Group(val shapes: List<Shape>, val title: String = "all") : Shape

    @Serializable
    @SerialName("empty")
    data object Empty : Shape
}

@OptIn(ExperimentalSerializationApi::class)
@Serializable
@JsonClassDiscriminator("kind")
sealed class Pet {
    @Serializable
    data class Cat(val lives: Int = 9) : Pet()
}

@OptIn(ExperimentalUuidApi::class)
@Serializable
data class Everything(
    val text: String,
    val char: Char,
    val byte: Byte,
    val long: Long,
    val unsigned: UInt,
    val float: Float,
    val flag: Boolean,
    val wind: Wind,
    val maybeWind: Wind?,
    val shape: Shape,
    val pet: Pet,
    val nothing: Nothing,
    val byName: Map<String, Int>,
    val byWind: Map<Wind, Int>,
    val byNumber: Map<Int, String>,
    val id: Uuid,
    val deep: List<Map<String, List<Int?>>>,
)

@Serializable
data class Loose(val any: JsonElement, val wait: kotlin.time.Duration = 5.seconds)

@Serializable
data class Defaulted(
    val name: String,
    val copy: String = name,
    val size: Int = 3,
    val wind: Wind = Wind.SOUTH,
    val person: Person = Person("Ann"),
    val persons: List<Person>,
    val random: Int = kotlin.random.Random.nextInt(),
    val nothing: String? = null,
)

@Serializable
data class Picky(val even: Int, val other: Int = 7) {
    init {
        require(even % 2 == 0) { "even must be even, but is $even" }
    }
}

@Serializable
data class BadKeys(val mayor: BadMayor)

@Serializable
data class BadMayor(val contacts: List<Map<Person, String>>)

@Serializable
data class Endless<T>(val next: Endless<List<T>>?)

@Serializable
data class Level1(val a: Level2)

@Serializable
data class Level2(val a: Level3)

@Serializable
data class Level3(val a: Level4)

@Serializable
data class Level4(val a: Level5)

@Serializable
data class Level5(val a: Level6)

@Serializable
data class Level6(val a: Level7)

@Serializable
data class Level7(val a: Level8)

@Serializable
data class Level8(val a: Int)

@Serializable
data class Thirty(
    val a1: Int,
    val a2: Int,
    val a3: Int,
    val a4: Int,
    val a5: Int,
    val a6: Int,
    val a7: Int,
    val a8: Int,
    val a9: Int,
    val a10: Int,
    val b1: String,
    val b2: String,
    val b3: String,
    val b4: String,
    val b5: String,
    val b6: String,
    val b7: String,
    val b8: String,
    val b9: String,
    val b10: String,
    val c1: Int = 1,
    val c2: Int = 2,
    val c3: Int = 3,
    val c4: Int = 4,
    val c5: Int = 5,
    val c6: Int = 6,
    val c7: Int = 7,
    val c8: Int = 8,
    val c9: Int = 9,
    val c10: Int = 10,
)
