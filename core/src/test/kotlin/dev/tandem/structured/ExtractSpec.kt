package dev.tandem.structured

import dev.tandem.AiClient
import dev.tandem.alternative
import dev.tandem.cache.Cache
import dev.tandem.cache.MemoryCache
import dev.tandem.error.StructuredOutputException
import dev.tandem.error.TimeLimitException
import dev.tandem.extract
import dev.tandem.model.ChatRequest
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.model.Usage
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import dev.tandem.pipeline.FormatSupport
import dev.tandem.resilience.Answers
import dev.tandem.resilience.serverError
import dev.tandem.streamObject
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

class ExtractSpec :
    FunSpec({
        val good = """{"name":"Lisbon","population":545000}"""
        val wrong = """{"name":"Lisbon","population":"many"}"""
        val lisbon = City("Lisbon", 545_000)
        val wrongs = "$.population is \"many\", but must be a whole number"

        /** Gives the answers in their order, and the last one for ever. */
        fun saying(vararg answers: String) = Answers { number, _ -> emit(answers[minOf(number, answers.size) - 1]) }

        fun repairOf(answer: String, what: String) = listOf(
            Message.user("Hi"),
            Message.assistant(answer),
            Message.user("That answer is not right:\n- $what\nAnswer once more, with nothing but the JSON that is right."),
        )

        test("the answer is a value, and was asked for by its schema") {
            val answers = saying(good)
            val client = AiClient(answers)
            client.extract<City>("Hi") shouldBe lisbon
            client.extract<City> { user("Hi") } shouldBe lisbon
            client.extract(ChatRequest.of("Hi"), answerType<City>()) shouldBe lisbon
            val format = answers.requests
                .first()
                .options.responseFormat
                .shouldBeInstanceOf<ResponseFormat.JsonSchema>()
            format.name shouldBe "City"
            format.schema shouldBe answerType<City>().schema
        }

        test("a wrong answer goes back with exactly what is wrong, and the usage of both is told") {
            val answers = saying(wrong, good)
            val whole = AiClient(answers).extractWhole(ChatRequest.of("Hi"), answerType<City>())
            whole.value shouldBe lisbon
            whole.repairs shouldBe 1
            whole.response.usage shouldBe Usage.of(20, 10)
            answers.requests.map { it.messages } shouldBe listOf(listOf(Message.user("Hi")), repairOf(wrong, wrongs))
        }

        test("each repair shows the last answer only") {
            val answers = saying(wrong, "No.", good)
            AiClient(answers).extract<City>("Hi") shouldBe lisbon
            answers.requests.last().messages shouldBe repairOf("No.", "$ cannot be read: there is no JSON in it")
        }

        test("an answer of nothing is told of, but not sent back") {
            val answers = saying(" ", good)
            AiClient(answers).extract<City>("Hi") shouldBe lisbon
            answers.requests.last().messages shouldBe repairOf(" ", "$ cannot be read: there is no answer").filter { it.role == Role.USER }
        }

        test("an answer that stays wrong is an exception that tells all") {
            val answers = saying(wrong)
            val client = AiClient(answers)
            val error = shouldThrow<StructuredOutputException> { client.extract<City>("Hi") }
            error.message shouldBe "the answer is no City, though the model was told (2 times): $wrongs"
            error.text shouldBe wrong
            error.violations shouldBe listOf(wrongs)
            error.partial?.usage shouldBe Usage.of(30, 15)
            error.isRetryable shouldBe false
            answers.count shouldBe 3
            client.spending().totalTokens shouldBe 45
            shouldThrow<StructuredOutputException> { client.extract<City>("Hi", options { repairs = 0 }) }
            answers.count shouldBe 4
        }

        listOf(
            FinishReason.LENGTH to "the answer was cut at its limit of tokens, and is no City: set a larger maxTokens",
            FinishReason.CONTENT_FILTER to "the provider withheld the answer: content_filter",
        ).forEach { (reason, message) ->
            test("$reason is told apart, and not repaired") {
                val answers = Answers { _, _ ->
                    emit("""{"name":"Lis""")
                    finish = reason
                }
                shouldThrow<StructuredOutputException> { AiClient(answers).extract<City>("Hi") }.message shouldBe message
                answers.count shouldBe 1
            }
        }

        test("the timeout is for the answer and all repairs") {
            runTest {
                val answers = Answers { _, _ ->
                    delay(4_000)
                    emit(wrong)
                }
                shouldThrow<TimeLimitException> { AiClient(answers).extract<City>("Hi", options { timeout = 10.seconds }) }
                currentTime shouldBe 10_000
                answers.count shouldBe 3
            }
        }

        test("what is retried below is not repaired, and the other way round") {
            runTest {
                val answers = Answers { number, _ -> if (number == 1) throw serverError() else emit(if (number == 2) wrong else good) }
                AiClient(answers).extractWhole(ChatRequest.of("Hi"), answerType<City>()).repairs shouldBe 1
                answers.count shouldBe 3
            }
        }

        test("a cache keeps what fits, and never what does not") {
            val answers = saying(wrong, wrong, wrong, good)
            val client = AiClient(answers) { cache = Cache.of(MemoryCache(100)) }
            shouldThrow<StructuredOutputException> { client.extract<City>("Hi") }
            client.extract<City>("Hi") shouldBe lisbon
            client.extractWhole(ChatRequest.of("Hi"), answerType<City>()).response.isCached shouldBe true
            answers.count shouldBe 4
        }

        test("a tool that had to be called need not be called to repair") {
            val answers = saying(wrong, good)
            val request = chatRequest {
                user("Hi")
                tool(ToolDefinition("look", "Looks", ToolDefinition.NO_PARAMETERS))
                toolChoice = ToolChoice.REQUIRED
            }
            AiClient(answers).extract(request, answerType<City>()) shouldBe lisbon
            answers.requests.map { it.options.toolChoice } shouldBe listOf(ToolChoice.REQUIRED, ToolChoice.AUTO)
        }

        test("each target is asked in the way that it knows, also where another one has failed") {
            runTest {
                val first = Answers("one") { _, _ -> throw serverError() }
                for (support in FormatSupport.entries) {
                    val second = Answers("two") { _, _ -> emit("Sure: $good") }.also { it.support = support }
                    val client = AiClient(first) { alternative(second) }
                    client.extract<City> {
                        system("Be brief.")
                        user("Hi")
                    } shouldBe lisbon
                    val asked = second.requests.single()
                    asked.messages.map { it.role } shouldBe listOf(Role.SYSTEM, Role.USER)
                    val schema = answerType<City>().schema
                    val hint = "Be brief.\n\nAnswer with JSON and nothing else. It has to fit this JSON Schema:\n$schema"
                    asked.messages.first().text shouldBe if (support == FormatSupport.SCHEMA) "Be brief." else hint
                    when (val format = asked.options.responseFormat) {
                        null -> support shouldBe FormatSupport.NONE
                        ResponseFormat.JSON -> support shouldBe FormatSupport.JSON
                        else -> (format as ResponseFormat.JsonSchema).schema shouldBe schema
                    }
                }
            }
        }

        test("a stream shows the object grow, and its value at the end") {
            val events = AiClient(
                Answers {
                    _,
                    _,
                    ->
                    listOf("""Sure: {"name":"Lis""", "bon\"", ""","population":54""", "5000}").forEach { emit(it) }
                },
            ).streamObject<City>("Hi")
                .toList()
            events.map { it.json.toString() } shouldBe
                listOf("""{"name":"Lis"}""", """{"name":"Lisbon"}""", """{"name":"Lisbon","population":545000}""", good)
            events.map { it.value } shouldBe listOf(null, null, null, lisbon)
            events.last().response?.text shouldBe "Sure: $good"
        }

        test("a stream of what is no object shows it without its wrapping") {
            AiClient(Answers { _, _ -> listOf("""{"value":[1,""", "2]}").forEach { emit(it) } })
                .streamObject<List<Int>>("Hi")
                .toList()
                .map { it.json.toString() } shouldBe listOf("[1]", "[1,2]", "[1,2]")
        }

        test("a stream whose end does not fit ends in the exception, and is not repaired") {
            val answers = saying(wrong)
            val client = AiClient(answers)
            val seen = mutableListOf<ObjectEvent<City>>()
            val error = shouldThrow<StructuredOutputException> { client.streamObject<City>("Hi").collect { seen += it } }
            error.message shouldStartWith "the answer is no City: $.population"
            seen.map { it.json.toString() } shouldBe listOf(wrong)
            answers.count shouldBe 1
            client.stats().failed shouldBe 1
        }

        test("whoever cannot be an answer is refused before anything is sent") {
            val answers = saying(good)
            val odd = object : AnswerType<City> by answerType<City>() {
                override val name = "a city"
            }
            shouldThrow<IllegalArgumentException> { AiClient(answers).extract("Hi", odd) }.message shouldContain "'a city'"
            answers.count shouldBe 0
        }
    })
