package dev.tandem.retrieval.split

import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** Texts with more empty lines than any stack has room for. */
class BlankLinesSpec :
    FunSpec({
        fun <T : Any> onSmallStack(work: () -> T): T {
            var result: Result<T>? = null
            Thread(null, { result = runCatching(work) }, "small", 256L * 1024).apply { start() }.join()
            return checkNotNull(result).getOrThrow()
        }

        val size = ChunkSize.chars(50).overlap(10)
        val ways = mapOf(
            "characters" to Splitters.characters(size),
            "sentences" to Splitters.sentences(size),
            "recursive" to Splitters.recursive(size),
            "markdown" to Splitters.markdown(size),
        ) + Language.entries.associate { "code $it" to Splitters.code(it, size) }

        context("a hundred thousand empty lines are passed in a moment, with little stack") {
            withData(ways.keys) { name ->
                for (line in listOf("\n", "\r\n", " \n", "\u2028")) {
                    val took = measureTime {
                        val lines = line.repeat(100_000)
                        val chunks = onSmallStack { ways.getValue(name).split("One$lines" + "Two" + lines) }
                        chunks.map { it.text } shouldBe listOf("One", "Two")
                    }
                    took shouldBeLessThan 20.seconds
                }
            }
        }

        test("an empty line ends a paragraph, and one line's end of two signs is none") {
            fun ends(text: String) = Cuts.PARAGRAPHS.of(text, 0, text.length)
            ends("a\r\nb\r\n\r\nc\n \t\nd\n\n") shouldBe listOf(8, 13)
            ends("a\nb") shouldBe emptyList()
            ends("\n\na\n \u2028\n  b") shouldBe listOf(2, 7)
        }
    })
