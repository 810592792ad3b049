package dev.tandem.provider.locallab

import dev.tandem.model.ChatEvent
import dev.tandem.provider.http.ChatReader
import dev.tandem.transport.FedHead
import dev.tandem.transport.FrameParser
import dev.tandem.transport.Framing
import dev.tandem.transport.Lines
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.map
import io.kotest.property.checkAll
import kotlin.random.Random

/** Whatever the model says is what comes out, wherever the network cuts. */
class ExactTextSpec :
    FunSpec({
        test("texts streamed by generate come back exactly, but for a literal backslash-n") {
            checkAll(RUNS, PIECES, Arb.long()) { pieces, seed ->
                val said = pieces.filter { it.isNotEmpty() && it != "[DONE]" && !it.startsWith("[ERROR]") && "\\n" !in it }
                if (said.isEmpty()) return@checkAll
                val body = said.joinToString("") { "data: ${it.replace("\n", "\\n")}\n\n" } + "data: [DONE]\n\n"
                read(
                    body,
                    Framing.RAW_EVENTS.newParser(Lines.DEFAULT_MAX_BYTES),
                    GenerateReader(FedHead(200, emptyList())),
                    Random(seed),
                ) shouldBe
                    said
            }
        }

        test("texts streamed by chat come back exactly, but for a last paragraph that begins with an error") {
            checkAll(RUNS, PIECES, Arb.long()) { pieces, seed ->
                val said = pieces.joinToString("")
                if ("\nError:" !in said) {
                    read(
                        said,
                        Framing.TEXT.newParser(Lines.DEFAULT_MAX_BYTES),
                        ChatTextReader(FedHead(200, emptyList())),
                        Random(seed),
                    ).joinToString("") shouldBe
                        said
                }
            }
        }

        test("pieces of chat are handed out as they come, but for what may become an error") {
            val reader = ChatTextReader(FedHead(200, emptyList()))
            val parser = Framing.TEXT.newParser(Lines.DEFAULT_MAX_BYTES)

            fun feed(text: String) = text.encodeToByteArray().let {
                parser.feed(it, 0, it.size)
                texts(generateSequence(parser::next).flatMap(reader::read).toList())
            }
            feed("Hel") shouldBe listOf("Hel")
            feed("lo\n") shouldBe listOf("lo")
            feed("Err") shouldBe emptyList()
            feed("ands\n") shouldBe listOf("\nErrands")
            feed("Error: of mine") shouldBe emptyList()
            feed("\n\nand") shouldBe listOf("\nError: of mine", "\n\nand")
            texts(reader.finish()) shouldBe emptyList()
            reader.complete().text shouldBe "Hello\nErrands\nError: of mine\n\nand"
        }

        test("an error that is longer than any error is text") {
            val long = "Look:\nError: " + "x".repeat(5000)
            read(
                long,
                Framing.TEXT.newParser(Lines.DEFAULT_MAX_BYTES),
                ChatTextReader(FedHead(200, emptyList())),
                Random(1),
            ).joinToString("") shouldBe
                long
        }
    })

private const val RUNS = 1500

/** Of what makes trouble, for one reason or another. */
private val ATOMS = listOf(
    " ",
    "  ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "a",
    "word",
    " word ",
    "ä",
    "€",
    "😀",
    "👩‍👩‍👧",
    "\uFEFF",
    "\u2028",
    "\u0085",
    "\u0000",
    "\\",
    "n",
    "data:",
    "data: ",
    ":",
    "{",
    "}",
    "[DONE]",
    "[ERROR]",
    "[ERROR] x",
    "\nErr",
    "Error:",
    "\nError",
    "event: x",
    "<html>",
)
private val PIECES: Arb<List<String>> = Arb.list(Arb.list(Arb.element(ATOMS), 1..4).map { it.joinToString("") }, 1..8)

private fun read(body: String, parser: FrameParser, reader: ChatReader, random: Random): List<String> {
    val bytes = body.encodeToByteArray()
    val events = mutableListOf<ChatEvent>()
    var from = 0
    while (from < bytes.size && !reader.isDone) {
        val to = minOf(bytes.size, from + random.nextInt(1, 9))
        parser.feed(bytes, from, to)
        generateSequence(parser::next).forEach { if (!reader.isDone) events += reader.read(it) }
        from = to
    }
    parser.finish()?.let { if (!reader.isDone) events += reader.read(it) }
    events += reader.finish()
    reader.complete().text shouldBe texts(events).joinToString("")
    return texts(events)
}

private fun texts(events: List<ChatEvent>) = events.filterIsInstance<ChatEvent.Text>().map { it.text }
