package dev.tandem.structured

import dev.tandem.schema.Dialect
import dev.tandem.schema.Violations
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonNamingStrategy
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

@OptIn(kotlinx.serialization.ExperimentalSerializationApi::class)
class AnswerTypesSpec :
    FunSpec({
        fun AnswerType<*>.shouldSay(schema: String) = this.schema shouldBe Json.parseToJsonElement(schema)

        fun property(type: AnswerType<*>, name: String): JsonObject = type.schema
            .getValue("properties")
            .jsonObject
            .getValue(name)
            .jsonObject

        test("a class is an object with its properties, what they mean and what they are if nobody says") {
            answerType<City>().name shouldBe "City"
            answerType<City>().shouldSay(
                """{"type":"object","properties":{"name":{"type":"string","description":"In its own language"},
                "population":{"type":"integer"},"mayor":{"type":["object","null"],"properties":{"name":{"type":"string"},
                "age":{"type":"integer"}},"required":["name"],"additionalProperties":false},
                "twins":{"type":"array","items":{"type":"string"},"default":[]}},
                "required":["name","population"],"additionalProperties":false,"description":"A city"}""",
            )
        }

        test("a class that leads back to itself has a name") {
            answerType<Node>().shouldSay(
                """{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"${'$'}ref":"#/${'$'}defs/Node"},
                "default":[]}},"required":["name"],"additionalProperties":false,"${'$'}defs":{"Node":{"type":"object","properties":{"name":
                {"type":"string"},"children":{"type":"array","items":{"${'$'}ref":"#/${'$'}defs/Node"},"default":[]}},"required":["name"],
                "additionalProperties":false}}}""",
            )
        }

        test("generics are told apart by what they hold") {
            val type = answerType<Boxes>()
            property(type, "numbers") shouldBe property(type, "more")
            type.schema
                .getValue("\$defs")
                .jsonObject.keys shouldBe setOf("Box")
            property(type, "names").toString() shouldContain """"content":{"type":"array","items":{"type":"string"}}"""
            property(type, "boxed").toString() shouldContain """"content":{"${'$'}ref":"#/${'$'}defs/Box"}"""
            val value = Boxes(Box(1), Box(2), Box(listOf("a")), Box(Box(3)))
            type.read(Json.encodeToJsonElement(Boxes.serializer(), value)) shouldBe value
        }

        test("one of several classes is told by its discriminator") {
            val shape = answerType<Shape>()
            shape.schema.getValue("anyOf").toString() shouldContain """"type":{"type":"string","const":"circle"}"""
            shape.schema.toString() shouldContain """"title":{"type":"string","default":"all"}"""
            shape.read(Json.parseToJsonElement("""{"type":"group","shapes":[{"type":"empty"},{"type":"circle","radius":1.5}]}""")) shouldBe
                Shape.Group(listOf(Shape.Empty, Shape.Circle(Meters(1.5))))
            answerType<Pet>().schema.toString() shouldContain """"kind":{"type":"string","const":"dev.tandem.structured.Pet.Cat"}"""
        }

        listOf(
            "char" to """{"type":"string","minLength":1,"maxLength":1}""",
            "unsigned" to """{"type":"integer","minimum":0}""",
            "wind" to """{"type":"string","enum":["NORTH","s"],"description":"NORTH: From above"}""",
            "nothing" to """{"type":"object","properties":{},"additionalProperties":false}""",
            "byName" to """{"type":"object","additionalProperties":{"type":"integer"}}""",
            "byWind" to
                """{"type":"object","properties":{"NORTH":{"type":"integer"},"s":{"type":"integer"}},"additionalProperties":false}""",
            "byNumber" to
                """{"type":"object","additionalProperties":{"type":"string"},"description":"Each name is of the type integer."}""",
            "id" to """{"type":"string","format":"uuid"}""",
        ).forEach { (name, schema) ->
            test("$name is $schema") { property(answerType<Everything>(), name) shouldBe Json.parseToJsonElement(schema) }
        }

        test("a default is told where it is the same for all, and nowhere else") {
            val type = answerType<Defaulted>()
            listOf(
                "size",
                "wind",
                "person",
                "copy",
                "random",
                "nothing",
            ).associateWith { property(type, it)["default"]?.toString() } shouldBe
                mapOf(
                    "size" to "3",
                    "wind" to "\"s\"",
                    "person" to """{"name":"Ann","age":40}""",
                    "copy" to null,
                    "random" to null,
                    "nothing" to null,
                )
            type.schema.getValue("\$defs").toString() shouldContain """"age":{"type":"integer","default":40}"""
        }

        test("a class that refuses what it is tried with has no defaults, and works") {
            answerType<Picky>().schema.toString().contains("default") shouldBe false
            answerType<Picky>().read(Json.parseToJsonElement("""{"even":4}""")) shouldBe Picky(4)
            shouldThrow<IllegalArgumentException> { answerType<Picky>().read(Json.parseToJsonElement("""{"even":3}""")) }.message shouldBe
                "even must be even, but is 3"
        }

        test("what cannot be said is refused by its place") {
            shouldThrow<IllegalArgumentException> { answerType<BadKeys>() }.message shouldContain
                "BadKeys.mayor.contacts[]: a map whose keys are dev.tandem.structured.Person"
            shouldThrow<IllegalArgumentException> { answerType<Endless<Int>>() }.message shouldContain "Endless.next.next"
        }

        test("thirty fields, eight levels and what is JSON already") {
            Dialect.OPENAI
                .of(answerType<Thirty>().schema)
                .shouldNotBeNull()
                .getValue("properties")
                .jsonObject.size shouldBe 30
            Dialect.OPENAI.of(answerType<Level1>().schema).shouldNotBeNull()
            answerType<Loose>().read(Json.parseToJsonElement("""{"any":[1,{}]}""")).any.toString() shouldBe "[1,{}]"
            property(answerType<Loose>(), "any") shouldBe JsonObject(emptyMap())
        }

        test("other types than classes are answers too") {
            answerType<List<City>>().name shouldBe "answer"
            answerType<List<Int>>().shouldSay("""{"type":"array","items":{"type":"integer"}}""")
            answerType<Wind>().name shouldBe "Wind"
            answerType<Map<String, Double>>().shouldSay("""{"type":"object","additionalProperties":{"type":"number"}}""")
        }

        test("names are those of the Json that is given") {
            val json = Json { namingStrategy = JsonNamingStrategy.SnakeCase }
            val type = AnswerTypes.of(Everything.serializer(), json)
            type.schema
                .getValue("properties")
                .jsonObject
                .containsKey("by_wind") shouldBe true
        }

        test("a Json that passes over what it does not know takes such an answer") {
            val type = AnswerTypes.of(Person.serializer(), Json { ignoreUnknownKeys = true })
            Wanted(type).read("""{"name":"Ann","hobby":"chess"}""").value shouldBe Person("Ann")
            Dialect.OPENAI
                .of(type.schema)
                .shouldNotBeNull()["additionalProperties"]
                .toString() shouldBe "false"
        }

        test("a class that is in a map under each of some names is said once") {
            answerType<ByWind>()
                .schema
                .toString()
                .split("In its own language")
                .size shouldBe 2
        }

        test("a property with the name that tells classes apart is refused by its place") {
            shouldThrow<IllegalArgumentException> { answerType<Sort>() }.message shouldContain "Sort(One).type has the name"
        }

        test("whatever is written fits its own schema, and reads as it was") {
            Written.all(System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()) { type, json, value ->
                Violations(type.schema).of(json) shouldBe emptyList()
                type.read(json) shouldBe value
            }
        }
    })
