package dev.tandem.schema

import dev.harrel.jsonschema.ValidatorFactory
import dev.harrel.jsonschema.providers.KotlinxJsonNode
import io.kotest.assertions.fail
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlin.random.Random

class ViolationsSpec :
    FunSpec({
        fun wrong(schema: String, value: String) =
            Violations(Json.parseToJsonElement(schema.replace('\'', '"').replace("REF", "\$ref").replace("DEFS", "\$defs")).jsonObject)
                .of(Json.parseToJsonElement(value.replace('\'', '"')))

        val places = "{'type':'object','properties':{'items':{'type':'array','items':{'type':'object'," +
            "'properties':{'name':{'type':'string'}}}}}}"

        test("a place is named down to the item and the property") {
            wrong(places, "{'items':[{'name':'a'},{'name':5}]}") shouldBe listOf("$.items[1].name is 5, but must be a text")
            wrong("{'type':'object','properties':{'odd name':{'type':'integer'}}}", "{'odd name':''}") shouldBe
                listOf("$[\"odd name\"] is \"\", but must be a whole number")
        }

        test("a long value is shortened") {
            wrong("{'type':'integer'}", "'${"x".repeat(100)}'") shouldBe listOf("$ is \"${"x".repeat(59)}…, but must be a whole number")
        }

        listOf(
            Triple("{'type':['integer','null']}", "'x'", "$ is \"x\", but must be a whole number or null"),
            Triple("{'type':'integer'}", "1.5", "$ is 1.5, but must be a whole number"),
            Triple("{'enum':['a',1]}", "'b'", "$ is \"b\", but must be one of \"a\", 1"),
            Triple("{'const':{'a':1}}", "{'a':2}", "$ is {\"a\":2}, but must be {\"a\":1}"),
            Triple("{'required':['a']}", "{}", "$.a is missing"),
            Triple("{'properties':{'a':{}},'additionalProperties':false}", "{'b':1}", "$.b is not allowed: there are only [a]"),
            Triple("{'additionalProperties':{'type':'null'}}", "{'b':1}", "$.b is 1, but must be null"),
            Triple("{'items':false}", "[1]", "$[0] is not allowed"),
            Triple("{'minItems':2}", "[1]", "$ has 1 items, but must have at least 2"),
            Triple("{'maxItems':0}", "[1]", "$ has 1 items, but must have at most 0"),
            Triple("{'minLength':2}", "'😀'", "$ has 1 characters, but must have at least 2"),
            Triple("{'maxLength':1}", "'ab'", "$ has 2 characters, but must have at most 1"),
            Triple("{'pattern':'^a+$'}", "'b'", "$ is \"b\", but must match ^a+$"),
            Triple("{'minimum':2}", "1.5", "$ is 1.5, but must be at least 2"),
            Triple("{'maximum':9007199254740992}", "9007199254740993", "$ is 9007199254740993, but must be at most 9007199254740992"),
            Triple("{'exclusiveMinimum':2}", "2.0", "$ is 2.0, but must be more than 2"),
            Triple("{'exclusiveMaximum':2}", "2", "$ is 2, but must be less than 2"),
            Triple("{'allOf':[{'minimum':2},{'maximum':3}]}", "1", "$ is 1, but must be at least 2"),
            Triple("{'oneOf':[{'minimum':2},{'minimum':3}]}", "4", "$ fits 2 alternatives, but must fit one only"),
            Triple("{'REF':'#/DEFS/a','DEFS':{'a':{'type':'null'}}}", "1", "$ is 1, but must be null"),
            Triple("{'REF':'#/DEFS/a'}", "1", "$ cannot be checked: the schema has no #/\$defs/a"),
            Triple("{'REF':'#'}", "1", "$ is nested too deep to be checked"),
            Triple("{'format':'date-time'}", "'2024-02-01 10:00'", "$ is \"2024-02-01 10:00\", but must be a date-time"),
            Triple("{'format':'date'}", "'2024-13-01'", "$ is \"2024-13-01\", but must be a date"),
            Triple("{'format':'uuid'}", "'x'", "$ is \"x\", but must be a uuid"),
        ).forEach { (schema, value, message) ->
            test("$schema and $value: $message") { wrong(schema, value) shouldBe listOf(message) }
        }

        listOf(
            "{'type':'number'}" to "1",
            "{'type':'integer'}" to "2.0",
            "{'enum':[1]}" to "1.0",
            "{'format':'date-time'}" to "'2024-02-01T10:00:00.5+02:00'",
            "{'format':'uuid'}" to "'00000000-0000-4000-8000-00000000000A'",
            "{'minLength':3}" to "5",
            "{'format':'of-our-own'}" to "'x'",
            "{'pattern':'('}" to "'no regex is no reason to fail'",
        ).forEach { (schema, value) -> test("$schema takes $value") { wrong(schema, value) shouldBe emptyList() } }

        val pets = "{'anyOf':[{'properties':{'kind':{'const':'cat'},'lives':{'type':'integer'}},'required':['kind','lives']}," +
            "{'properties':{'kind':{'const':'dog'},'name':{'type':'string'}},'required':['kind','name']}]}"

        test("of alternatives the one that was meant is judged: by its constant, or by its type") {
            wrong(pets, "{'kind':'dog','name':5}") shouldBe listOf("$.name is 5, but must be a text")
            wrong(pets, "{'kind':'cat','name':5}") shouldBe listOf("$.lives is missing")
            wrong("{'anyOf':[{'type':'null'},{'type':'array','items':{'type':'string'}}]}", "['a',1]") shouldBe
                listOf("$[1] is 1, but must be a text")
        }

        test("a list in a list without end is refused, and not for ever looked at") {
            val deep = "[".repeat(600) + "]".repeat(600)
            wrong("{'type':'array','items':{'REF':'#'}}", deep).single().takeLast(30) shouldBe
                " is nested too deep to be checked".takeLast(30)
            wrong("{'anyOf':[{'REF':'#'},{'REF':'#'}]}", "1").isNotEmpty() shouldBe true
        }

        val sums = ('a'..'e').joinToString(",") {
            "{'type':'object','properties':{'kind':{'const':'$it'},'left':{'REF':'#'},'right':{'REF':'#'}},'required':['kind']}"
        }

        test("alternatives within alternatives are looked at as what they name themselves") {
            var value = "{'kind':'x'}"
            repeat(60) { value = "{'kind':'e','left':$value,'right':{'kind':'a'}}" }
            wrong("{'anyOf':[$sums]}", value).single() shouldContain ".left.kind is \"x\", but must be \"a\""
            val schema = Json.parseToJsonElement("{'anyOf':[$sums]}".replace('\'', '"').replace("REF", "\$ref")).jsonObject
            Tidy(schema).of(Json.parseToJsonElement(value.replace('\'', '"'))).toString() shouldBe value.replace('\'', '"')
        }

        test("where nothing names itself, looking comes to an end") {
            val same = (1..6).joinToString(",") { "{'type':'object','properties':{'next':{'REF':'#'},'n$it':{'type':'integer'}}}" }
            var value = "'x'"
            repeat(30) { value = "{'next':$value}" }
            wrong("{'anyOf':[$same]}", value).isNotEmpty() shouldBe true
            val schema = Json.parseToJsonElement("{'anyOf':[$same]}".replace('\'', '"').replace("REF", "\$ref")).jsonObject
            Tidy(schema).of(Json.parseToJsonElement(value.replace('\'', '"'))).toString() shouldBe value.replace('\'', '"')
        }

        test("what everything refers to is counted once") {
            val definitions = (1..12).joinToString(",") { n ->
                val all = (1..12).joinToString(",") { "'p$it':{'REF':'#/DEFS/d$it'}" }
                "'d$n':{'type':'object','properties':{$all},'required':['p1'],'additionalProperties':false}"
            }
            val text = "{'type':'object','properties':{'a':{'REF':'#/DEFS/d1'}},'DEFS':{$definitions}}"
            val schema = Json.parseToJsonElement(text.replace('\'', '"').replace("REF", "\$ref").replace("DEFS", "\$defs")).jsonObject
            SchemaSize(schema).properties shouldBe 145
        }

        test("what fits is what fits by somebody else's judgement") {
            val seed = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()
            val schemas = Schemas(Random(seed))
            var good = 0
            var bad = 0
            repeat(1_500) {
                val schema = schemas.schema()
                repeat(4) {
                    val value = schemas.value(schema)
                    val ours = Violations(schema).of(value)
                    if (ours.isEmpty() != fitsByOthers(schema, value)) fail("seed $seed: $value by $schema: $ours")
                    if (ours.isEmpty()) good++ else bad++
                }
            }
            good shouldBeGreaterThan 1_000
            bad shouldBeGreaterThan 500
        }
    })

internal fun fitsByOthers(schema: JsonObject, value: JsonElement): Boolean =
    ValidatorFactory().withJsonNodeFactory(KotlinxJsonNode.Factory()).validate(schema as Any, value as Any).isValid
