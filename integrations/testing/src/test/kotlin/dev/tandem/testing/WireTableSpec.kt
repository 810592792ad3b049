package dev.tandem.testing

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.shouldBe

class WireTableSpec :
    FunSpec({
        test("a row has what is written, and the usual where nothing is") {
            val text =
                """
                # a note

                == X01 short
                < data: ␠a⏎␍
                < ‹E2 82 AC›b
                ~ ␠a
                = text a

                == X02a all of it
                call chat
                status 429
                header Retry-After: 2
                header Content-Type: text/plain
                ! RateLimitedException status=429
                """.trimIndent()
            val (first, second) = WireTable.parse("mine", text).rows
            "$first" shouldBe "X01 short"
            first.body.decodeToString() shouldBe "data:  a\n\r€b"
            first.frames shouldBe listOf(" a")
            first.expected shouldBe listOf("= text a")
            listOf(first.call, first.status, first.contentType) shouldBe listOf(WireCall.STREAM, 200, "text/event-stream")
            second.headers shouldBe listOf("Retry-After", "2")
            listOf(second.call, second.status, second.contentType) shouldBe listOf(WireCall.CHAT, 429, "text/plain")
        }

        fun refusal(text: String) = shouldThrow<IllegalArgumentException> { WireTable.parse("mine", text) }.message

        test("what is not understood is refused, with its place") {
            refusal("== X01 a\n> b") shouldBe "mine.wire:2: unknown directive: '> b'"
            refusal("< b") shouldBe "mine.wire:1: not in a row yet: '< b'"
            refusal("== 7 a") shouldBe "mine.wire:1: a row begins with '== X01 title' or '== X01a title': '== 7 a'"
            refusal("== X01 a\n= text a\n== X01 b") shouldBe "mine.wire:3: the table has this row already: '== X01 b'"
            refusal("== X01 a\nheader Date") shouldBe "mine.wire:2: a header is a name, a colon, a space and a value: 'header Date'"
            refusal("== X01 a\n< ‹E2") shouldBe "mine.wire:2: ‹ without ›: '< ‹E2'"
            refusal("== X01 a\n< b") shouldBe "mine.wire:2: X01 expects nothing"
        }

        test("an id is used once in all tables") {
            WireDialect.entries
                .flatMap { it.tables }
                .flatMap { it.rows }
                .map { it.id }
                .shouldBeUnique()
        }

        test("cuts leave no byte out") {
            for (size in listOf(0, 1, 2, 64, 300, 301, 5000)) {
                val body = ByteArray(size) { it.toByte() }
                for (pieces in WireSplits.of(body)) pieces.fold(ByteArray(0), ByteArray::plus) shouldBe body
            }
            WireSplits.of(ByteArray(3)).map { pieces -> pieces.map { it.size } } shouldBe
                listOf(listOf(1, 1, 1), listOf(1, 2), listOf(2, 1))
        }
    })
