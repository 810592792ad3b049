package dev.tandem.retrieval.split

import dev.tandem.accounting.TokenCounter
import dev.tandem.retrieval.Chunk
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.checkAll
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

private val ALL: Map<String, (ChunkSize) -> Splitter> = mapOf(
    "characters" to Splitters::characters,
    "sentences" to Splitters::sentences,
    "recursive" to Splitters::recursive,
    "markdown" to Splitters::markdown,
) + Language.entries.associate { language -> "code $language" to { size -> Splitters.code(language, size) } }

private val PIECES = listOf(
    "word",
    "a",
    "Longer-word",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ". ",
    "! ",
    "。",
    "好的",
    "é",
    "e\u0301",
    "\uD83D\uDE00",
    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
    "\n# Head\n",
    "\n```\n",
    "| a | b |\n",
    "{",
    "}",
    "\"",
    "'",
    "/*",
    "*/",
    "// x\n",
    "def f():\n    ",
    "class A {\n",
    "\u00A0",
    "\uD83D",
    "กขค",
    "1.",
    "\u0000",
    "ﷺ",
    "    ",
)

class SplittersSpec :
    FunSpec({
        val texts = Arb.list(Arb.element(PIECES), 0..120)

        context("the text is that at its place, nothing but blanks is lost, and no piece is too long") {
            withData(ALL.keys) { name ->
                checkAll(400, texts, Arb.int(8..80), Arb.int(0..7)) { pieces, max, overlap ->
                    val text = pieces.joinToString("")
                    val chunks = ALL.getValue(name)(ChunkSize.chars(max).overlap(overlap)).split(text)
                    val seen = BooleanArray(text.length)
                    for (chunk in chunks) {
                        chunk.text shouldBe text.substring(chunk.start, chunk.end)
                        chunk.text.isBlank() shouldBe false
                        chunk.text.length shouldBeLessThanOrEqual max
                        seen.fill(true, chunk.start, chunk.end)
                    }
                    text.indices.filter { !seen[it] && !text[it].isWhitespace() }.shouldBeEmpty()
                    chunks.zipWithNext().forEach { (one, next) ->
                        (next.start > one.start && next.end > one.end) shouldBe true
                        one.end - next.start shouldBeLessThanOrEqual overlap
                    }
                    for (place in chunks.flatMap { listOf(it.start, it.end) }) isWithinCharacter(text, place) shouldBe false
                }
            }
        }

        context("the same by tokens") {
            withData(ALL.keys) { name ->
                val size = ChunkSize.tokens(12).overlap(4)
                checkAll(150, texts) { pieces ->
                    val text = pieces.joinToString("")
                    val chunks = ALL.getValue(name)(size).split(text)
                    chunks.forEach { TokenCounter.ESTIMATE.count(it.text, null) shouldBeLessThanOrEqual 12 }
                    text.indices.filter { i -> !text[i].isWhitespace() && chunks.none { i in it.start until it.end } }.shouldBeEmpty()
                }
            }
        }

        context("blanks are no piece, and what fits is one") {
            withData(ALL.keys) { name ->
                val splitter = ALL.getValue(name)(ChunkSize.chars(100))
                splitter.split("").shouldBeEmpty()
                splitter.split(" \n\n \t").shouldBeEmpty()
                splitter.split("\n one piece \n").single() shouldBe
                    (
                        if (name == "markdown" ||
                            name.startsWith("code")
                        ) {
                            Chunk(" one piece", 1, 11, emptyMap())
                        } else {
                            Chunk("one piece", 2, 11, emptyMap())
                        }
                    )
            }
        }

        test("a character that is larger than a piece is cut between its code points only") {
            val family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"
            Splitters.characters(ChunkSize.chars(8)).split("$family$family").map { it.text } shouldBe listOf(family, family)
            Splitters.characters(ChunkSize.chars(1)).split("a\uD83D\uDE00b").map { it.text } shouldBe listOf("a", "\uD83D\uDE00", "b")
        }

        test("sizes that make no sense are refused by their numbers") {
            shouldThrow<IllegalArgumentException> { ChunkSize.chars(0) }.message shouldContain "0"
            shouldThrow<IllegalArgumentException> { ChunkSize.chars(10).overlap(10) }.message shouldContain "10"
            shouldThrow<IllegalArgumentException> { ChunkSize.tokens(10).overlap(-1) }.message shouldContain "-1"
        }

        test("a megabyte without a blank is cut in a moment, and so is one of words") {
            for (text in listOf("x".repeat(1_000_000), "word ".repeat(200_000))) {
                val took = measureTime {
                    Splitters
                        .recursive(ChunkSize.tokens(300).overlap(30))
                        .split(text)
                        .last()
                        .end shouldBe
                        text.trimEnd().length
                }
                took shouldBeLessThan 30.seconds
            }
        }
    })

/** Between the two halves of one code point, or before a mark that belongs to what is before it. */
private fun isWithinCharacter(text: String, place: Int): Boolean {
    if (place !in 1 until text.length) return false
    val before = text[place - 1]
    return (before.isHighSurrogate() && text[place].isLowSurrogate()) ||
        (text[place] == '\u0301' && before.isLetter()) ||
        (before == '\u200D' && text.startsWith("\uD83D", place) && place >= 3 && text[place - 2].isLowSurrogate())
}
