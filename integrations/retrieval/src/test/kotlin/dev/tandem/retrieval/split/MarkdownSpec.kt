package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk
import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** What is a heading, a block of code or something in front of all. */
class MarkdownSpec :
    FunSpec({
        fun split(text: String, size: ChunkSize = ChunkSize.chars(60)) = Splitters.markdown(size).split(text)

        fun headings(text: String) = split(text).map { it.metadata[Chunk.HEADINGS] }

        context("a heading keeps its own signs, and loses those that close it") {
            withData(
                "# C#" to "C#",
                "## F# and C#  " to "F# and C#",
                "# Title ##" to "Title",
                "# Title # " to "Title",
                "### #1" to "#1",
                "## ##" to "",
                "C#\n==" to "C#",
            ) { (text, heading) -> headings("$text\nIts text.") shouldContainExactly listOf(heading) }
        }

        test("what YAML says in front of all is a part of its own, and no heading") {
            val chunks = split("---\ntitle: A guide\n# no heading\n\ntags: [a]\n---\n# Guide\nIts text.\n")
            chunks.map { it.text } shouldBe listOf("---\ntitle: A guide\n# no heading\n\ntags: [a]\n---", "# Guide\nIts text.")
            chunks.map { it.metadata[Chunk.HEADINGS] } shouldBe listOf(null, "Guide")
        }

        test("a line across the page is no YAML, and nor is one that nothing closes") {
            headings("---\n\n# One\ntext\n\n---\n\n# Two\ntext") shouldBe listOf("One", "Two")
            headings("---\ntitle: none\n# One\ntext") shouldBe listOf(null, "One")
        }

        test("backticks that end on their line begin no block of code") {
            headings("```run it``` does it.\n# One\ntext\n```js\n# no heading\n```\n# Two\ntext") shouldBe listOf(null, "One", "Two")
            headings("~~~ a `b` c\n# no heading\n~~~\n# One\ntext") shouldBe listOf(null, "One")
        }

        test("an overlap is of a line, or of a sentence or of words where a line of prose is too long") {
            val long = "Here is the first sentence of it. And one more. Then it goes on with many more words without an end to it"
            val size = ChunkSize.chars(50).overlap(15)
            split(long, size).map { it.text } shouldBe listOf(
                "Here is the first sentence of it. And one more.",
                "And one more. Then it goes on with many more words",
                "many more words without an end to it",
            )
            val rest = "x".repeat(30)
            split("one line\nanother line\n$rest", size).map { it.text } shouldBe
                listOf("one line\nanother line", "another line\n$rest")
        }

        test("nothing within a block of code or a table is said again but whole lines") {
            val code = "```\nval first = one(two, three, four, five)\nval second = six(seven, eight)\n```"
            split(code, ChunkSize.chars(50).overlap(15)).map { it.text } shouldBe
                listOf("```\nval first = one(two, three, four, five)", "val second = six(seven, eight)\n```")
            val table = "| a | what it means in more words |\n| b | what that means in more words |"
            split(table, ChunkSize.chars(50).overlap(15)).map { it.text } shouldBe table.lines()
        }

        test("sentences that are too long to be said again are by their words") {
            val size = ChunkSize.chars(40).overlap(12)
            Splitters.sentences(size).split("It has rained the whole long day. It pours again.").map { it.text } shouldBe
                listOf("It has rained the whole long day.", "long day. It pours again.")
        }
    })
