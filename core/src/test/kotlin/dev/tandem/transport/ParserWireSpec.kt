package dev.tandem.transport

import dev.tandem.testing.WireRow
import dev.tandem.testing.WireSplits
import dev.tandem.testing.WireTable
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe

/** What events there are, whole, cut at every place, and byte by byte. What they mean is the business of readers. */
class ParserWireSpec :
    FunSpec({
        fun frames(pieces: List<ByteArray>): List<String> {
            val parser = SseParser()
            val data = mutableListOf<String>()
            for (piece in pieces) {
                parser.feed(piece, 0, piece.size)
                while (true) data += (parser.next() ?: break).data
            }
            parser.finish()?.let { data += it.data }
            return data
        }

        fun proveFrames(row: WireRow) {
            val expected = row.frames.shouldNotBeNull()
            for (pieces in listOf(listOf(row.body)) + WireSplits.inTwo(row.body) + WireSplits.byteByByte(row.body)) {
                withClue(pieces.joinToString(" | ") { it.decodeToString() }) { frames(pieces) shouldBe expected }
            }
        }

        for (row in WireTable.load("sse").rows) test("$row") { proveFrames(row) }
    })
