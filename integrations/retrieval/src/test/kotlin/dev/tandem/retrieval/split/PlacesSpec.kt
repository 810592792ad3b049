package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk
import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** Where each way of splitting cuts. */
class PlacesSpec :
    FunSpec({
        fun sentences(text: String) = (listOf(0) + sentenceEnds(text, 0, text.length) + text.length)
            .zipWithNext { start, end -> text.substring(start, end).trim() }

        context("sentences end where a reader would say so") {
            withData(
                nameFn = { it },
                "It rains.|Does it?|Yes!",
                "Mr. Smith met Dr. J. R. Jones at 3.15 p.m. in St. Louis.|They spoke.",
                "See e.g. Fig. 3 and the U.S. Constitution.|\"Really?\"|\"Yes.\"|(It is.)|Next.",
                "Das kostet z.B. 3,50 Euro bzw. etwas mehr.|Gut.",
                "Wait... what?!|No.",
                "1. First of a list\n2. Second of it.|End.",
            ) { text -> sentences(text.replace('|', ' ')) shouldContainExactly text.split('|') }
            sentences("我喜欢猫。你呢？「好的。」再见") shouldContainExactly listOf("我喜欢猫。", "你呢？", "「好的。」", "再见")
            sentences("A title\n\nAnd a paragraph\n \nIts end") shouldContainExactly listOf("A title", "And a paragraph", "Its end")
        }

        test("paragraphs stay whole while they fit, then lines, sentences and words do") {
            val text = "First paragraph here.\n\nSecond one. It has two sentences.\n\nThird."
            Splitters.recursive(ChunkSize.chars(24)).split(text).map { it.text } shouldBe
                listOf("First paragraph here.", "Second one.", "It has two sentences.", "Third.")
        }

        test("an overlap begins at a word, or at a sentence") {
            val words = Splitters.recursive(ChunkSize.chars(20).overlap(8)).split("one two three four five six seven eight")
            words.map { it.text } shouldBe listOf("one two three four", "four five six seven", "seven eight")
            val sentences = Splitters.sentences(ChunkSize.chars(20).overlap(12)).split("It rains. It pours. We stay. We sleep.")
            sentences.map { it.text } shouldBe listOf("It rains. It pours.", "It pours. We stay.", "We stay. We sleep.")
        }

        test("Markdown is cut by its headings, which each piece knows, but not within code or a table") {
            val text = """
                |Before all.
                |
                |# Guide
                |## Setup
                |Do this:
                |```sh
                |# no heading
                |
                |run it
                |```
                || a | b |
                ||---|---|
                || 1 | 2 |
                |
                |After the table, a paragraph.
                |
                |Usage
                |=====
                |Use it.
            """.trimMargin()
            val chunks = Splitters.markdown(ChunkSize.chars(57)).split(text)
            chunks.map { it.text } shouldBe listOf(
                "Before all.",
                "# Guide\n## Setup\nDo this:\n```sh\n# no heading\n\nrun it\n```",
                "| a | b |\n|---|---|\n| 1 | 2 |",
                "After the table, a paragraph.",
                "Usage\n=====\nUse it.",
            )
            chunks.map { it.metadata[Chunk.HEADINGS] } shouldBe listOf(null, "Guide > Setup", "Guide > Setup", "Guide > Setup", "Usage")
        }

        test("code is cut between declarations, with what stands above them") {
            val text = """
                |package a
                |
                |/** One; with a brace: { */
                |class One {
                |    val brace = "}"
                |
                |    fun f() {
                |        g()
                |    }
                |}
                |
                |@Two
                |class Two {
                |    fun h() = '}'
                |}
            """.trimMargin()
            val whole = Splitters.code(Language.KOTLIN, ChunkSize.chars(120)).split(text)
            whole.map { it.text.lines().first() } shouldBe listOf("package a", "@Two")
            val parts = Splitters.code(Language.KOTLIN, ChunkSize.chars(72)).split(text).map { it.text.lines() }
            parts.map { it.first() } shouldBe listOf("package a", "/** One; with a brace: { */", "    fun f() {", "@Two")
        }

        test("Python is cut by its indentation, with decorators and not within strings") {
            val text = """
                |import alpha, beta, gamma
                |
                |@cached
                |def one():
                |    '''Text
                |
                |def not_one():
                |    '''
                |    return 1
                |
                |class Two:
                |    def f(self):
                |        return 2
                |
                |    def g(self):
                |        return 3
            """.trimMargin()
            val chunks = Splitters.code(Language.PYTHON, ChunkSize.chars(88)).split(text)
            chunks.map { it.text.lines().first() } shouldBe listOf("import alpha, beta, gamma", "@cached", "class Two:")
            val small = Splitters.code(Language.PYTHON, ChunkSize.chars(50)).split(text.substringAfter("return 1\n\n"))
            small.map { it.text.lines().first() } shouldBe listOf("class Two:", "    def g(self):")
        }
    })
