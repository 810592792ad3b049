package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.HeaderList
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.byte
import io.kotest.property.arbitrary.byteArray
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import java.net.ProtocolException

internal fun survives(bytes: ByteArray) {
    val parser = ResponseParser()
    var heard = Heard()
    var at = 0
    try {
        while (at < bytes.size) {
            val end = parser.feed(bytes, at, bytes.size, heard)
            check(end > at) { "it stays at $at" }
            at = end
            if (heard.hasEnded) heard = Heard()
        }
        parser.close(heard)
    } catch (_: ProtocolException) {
        // That is what it is for.
    }
}

internal fun heard(pieces: List<ByteArray>, isHead: Boolean = false, isClosed: Boolean = false): String {
    val parser = ResponseParser()
    val heard = Heard(isHead)
    pieces.forEachIndexed { i, piece ->
        parser.feed(piece, 0, piece.size, heard) shouldBe piece.size
        if (!isClosed) heard.hasEnded shouldBe (i == pieces.lastIndex)
    }
    if (isClosed) parser.close(heard) shouldBe true
    return heard.toString()
}

internal class Heard(override val isHeadOnly: Boolean = false) : ResponseParser.Sink {
    private var head = ""
    private val body = StringBuilder()
    private var end = ""
    val hasEnded: Boolean get() = end.isNotEmpty()

    override fun head(status: Int, headers: HeaderList) {
        check(head.isEmpty()) { "two heads" }
        head = "$status ${headers.names().flatMap { name -> headers.getAll(name)!!.map { "$name=$it" } }}"
    }

    override fun body(bytes: ByteArray, from: Int, to: Int) {
        check(head.isNotEmpty() && !hasEnded) { "a body without an answer" }
        body.append(String(bytes, from, to - from, Charsets.ISO_8859_1))
    }

    override fun end(isKept: Boolean) {
        check(head.isNotEmpty() && !hasEnded) { "an end without an answer" }
        end = if (isKept) "kept" else "over"
    }

    override fun toString() = "$head '$body' $end"
}
