package dev.tandem.testing.cassette

import io.ktor.client.request.HttpRequestData
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardOpenOption.APPEND
import java.nio.file.StandardOpenOption.CREATE
import java.util.ArrayDeque
import java.util.Deque

/** The file: an [Exchange] in each line, found by what was asked. */
internal class Tape private constructor(private val file: Path, val scrubbing: Scrubbing) {
    private val answers = mutableMapOf<Question, Deque<Exchange.Answer>>()
    private val questions = mutableListOf<Question>()

    fun questionOf(data: HttpRequestData): Question = Question(data.method.value, scrubbing.of(data.url), scrubbing.of(data.body))

    /** Null for what was never asked. */
    @Synchronized
    fun answerTo(question: Question): Exchange.Answer? = answers[question]?.let { if (it.size > 1) it.removeFirst() else it.first() }

    @Synchronized
    fun write(question: Question, answer: Exchange.Answer) {
        val line = JSON.encodeToString(Exchange.serializer(), Exchange(question.method, question.path, question.body, answer))
        Files.writeString(file, "$line\n", CREATE, APPEND)
    }

    /** What somebody reads who asked something else. */
    fun missing(question: Question): String {
        val known = questions.filter { it.method == question.method && it.path == question.path }
        val why = if (known.isEmpty()) "nothing was asked there" else "its ${known.size} requests there have other bodies"
        return "the cassette ${file.fileName} has no answer to ${question.method} ${question.path}: $why. Record it anew, or mend the " +
            "request: ${question.body.text?.take(EXCERPT) ?: "(bytes)"}"
    }

    private fun add(exchange: Exchange) {
        val question = Question(exchange.method, exchange.path, exchange.asked)
        questions += question
        answers.getOrPut(question, ::ArrayDeque) += exchange.answer
    }

    /** What is compared: JSON as what it says, all else as it is written. */
    class Question(val method: String, val path: String, val body: Exchange.Body) {
        private val meaning: Any? = body.text?.let(::jsonOf) ?: body.text ?: body.base64

        override fun equals(other: Any?): Boolean =
            other is Question && method == other.method && path == other.path && meaning == other.meaning

        override fun hashCode(): Int = 31 * path.hashCode() + meaning.hashCode()

        private fun jsonOf(text: String): JsonElement? = try {
            if (text.isEmpty()) null else JSON.parseToJsonElement(text)
        } catch (_: SerializationException) {
            null
        }
    }

    companion object {
        private const val EXCERPT = 300
        private val JSON = Json { explicitNulls = false }

        fun begin(file: Path, scrubbing: Scrubbing): Tape {
            file.toAbsolutePath().parent?.let(Files::createDirectories)
            Files.writeString(file, "")
            return Tape(file, scrubbing)
        }

        fun read(file: Path, scrubbing: Scrubbing): Tape {
            val lines = try {
                Files.readAllLines(file)
            } catch (e: NoSuchFileException) {
                throw IllegalArgumentException("there is no cassette $file: record it first, by Cassette.record or Cassette.auto", e)
            }
            val tape = Tape(file, scrubbing)
            lines.forEachIndexed { i, line -> if (line.isNotBlank()) tape.add(exchangeIn(line, file, i + 1)) }
            return tape
        }

        private fun exchangeIn(line: String, file: Path, number: Int): Exchange = try {
            JSON.decodeFromString(Exchange.serializer(), line)
        } catch (e: SerializationException) {
            throw IllegalArgumentException("line $number of $file is not an exchange: record it anew", e)
        }
    }
}
