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

class ResponseParserSpec :
    FunSpec({
        context("what is understood") {
            class Row(val name: String, val bytes: String, val heard: String, val isHead: Boolean = false, val isClosed: Boolean = false)

            val rows = listOf(
                Row("a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello", "200 [Content-Length=5, X=y] 'hello' kept"),
                Row(
                    "a length twice the same",
                    "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nhi",
                    "200 [Content-Length=2, 2, Content-Length=2] 'hi' kept",
                ),
                Row("no body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 [Content-Length=0] '' kept"),
                Row("no reason", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx", "200 [Content-Length=1] 'x' kept"),
                Row("lines that end in LF alone", "HTTP/1.1 200 OK\nContent-Length: 1\n\nx", "200 [Content-Length=1] 'x' kept"),
                Row(
                    "chunks",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
                    "200 [Transfer-Encoding=chunked] 'abc0123456789' kept",
                ),
                Row(
                    "chunks with extensions",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\nabc\r\n1 ;c=\"d\"\r\nd\r\n0;e\r\n\r\n",
                    "200 [Transfer-Encoding=Chunked] 'abcd' kept",
                ),
                Row(
                    "trailers, which are dropped",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\nZ: z\r\n\r\n",
                    "200 [Transfer-Encoding=chunked] 'a' kept",
                ),
                Row(
                    "hints before the answer",
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
                    "200 [Content-Length=1] 'x' kept",
                ),
                Row("204", "HTTP/1.1 204 No Content\r\n\r\n", "204 [] '' kept"),
                Row(
                    "304 with the length of what it does not send",
                    "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
                    "304 [Content-Length=5] '' kept",
                ),
                Row("the answer to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "200 [Content-Length=5] '' kept", isHead = true),
                Row(
                    "the answer to HEAD, in chunks that do not come",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "200 [Transfer-Encoding=chunked] '' kept",
                    isHead = true,
                ),
                Row("a body until the end", "HTTP/1.1 200 OK\r\n\r\nall of it", "200 [] 'all of it' over", isClosed = true),
                Row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "200 [Content-Length=1] 'x' over"),
                Row(
                    "HTTP/1.0 that is kept",
                    "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx",
                    "200 [Connection=Keep-Alive, Content-Length=1] 'x' kept",
                ),
                Row(
                    "HTTP/1.0 in chunks, passed on by who knows whom",
                    "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "200 [Connection=keep-alive, Transfer-Encoding=chunked] '' over",
                ),
                Row(
                    "close",
                    "HTTP/1.1 200 OK\r\nConnection: CLOSE\r\nContent-Length: 0\r\n\r\n",
                    "200 [Connection=CLOSE, Content-Length=0] '' over",
                ),
                Row(
                    "close among others",
                    "HTTP/1.1 200 OK\r\nConnection: keep-alive , close\r\nContent-Length: 0\r\n\r\n",
                    "200 [Connection=keep-alive , close, Content-Length=0] '' over",
                ),
                Row(
                    "close in a header of its own",
                    "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                    "200 [Connection=keep-alive, Connection=close, Content-Length=0] '' over",
                ),
                Row(
                    "a word that holds close",
                    "HTTP/1.1 200 OK\r\nConnection: closed-loop\r\nContent-Length: 0\r\n\r\n",
                    "200 [Connection=closed-loop, Content-Length=0] '' kept",
                ),
                Row("a header without a value", "HTTP/1.1 200 OK\r\nX:\r\nContent-Length:0\r\n\r\n", "200 [X=, Content-Length=0] '' kept"),
            )
            for (row in rows) {
                test("${row.name}, cut at every place") {
                    val bytes = row.bytes.toByteArray(Charsets.ISO_8859_1)
                    heard(listOf(bytes), row.isHead, row.isClosed) shouldBe row.heard
                    for (cut in 1 until bytes.size) {
                        val pieces = listOf(bytes.copyOfRange(0, cut), bytes.copyOfRange(cut, bytes.size))
                        withClue("cut at $cut") { heard(pieces, row.isHead, row.isClosed) shouldBe row.heard }
                    }
                    heard(bytes.map { byteArrayOf(it) }, row.isHead, row.isClosed) shouldBe row.heard
                }
            }
        }

        context("what is refused") {
            val ok = "HTTP/1.1 200 OK\r\n"
            val chunked = "${ok}Transfer-Encoding: chunked\r\n\r\n"
            val rows = mapOf(
                "both a length and chunks" to "${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "a length and a coding without a name" to "${ok}Content-Length: 5\r\nTransfer-Encoding:\r\n\r\nhello",
                "two lengths" to "${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "two lengths in one header" to "${ok}Content-Length: 5, 6\r\n\r\n",
                "a length with a sign" to "${ok}Content-Length: +5\r\n\r\n",
                "a negative length" to "${ok}Content-Length: -5\r\n\r\n",
                "a length in hex" to "${ok}Content-Length: 0x5\r\n\r\n",
                "a length of nothing" to "${ok}Content-Length:\r\n\r\n",
                "a length with white space that is none" to "${ok}Content-Length: \u000b5\r\n\r\n",
                "a length with a hard space" to "${ok}Content-Length: \u00a05\r\n\r\n",
                "a length that no number holds" to "${ok}Content-Length: 99999999999999999999\r\n\r\n",
                "an unknown coding" to "${ok}Transfer-Encoding: gzip, chunked\r\n\r\n",
                "chunks in chunks" to "${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "a header that goes on in the next line" to "${ok}X: a\r\n b\r\n\r\n",
                "a space before the colon" to "${ok}Content-Length : 5\r\n\r\n",
                "a space in a name" to "${ok}Content Length: 5\r\n\r\n",
                "a header without a name" to "$ok: x\r\n\r\n",
                "a header without a colon" to "${ok}nonsense\r\n\r\n",
                "a bare CR in a header" to "${ok}X: a\rContent-Length: 5\r\n\r\n",
                "a NUL in a header" to "${ok}X: a\u0000b\r\n\r\n",
                "another status line" to "$ok${ok}Content-Length: 0\r\n\r\n",
                "a status of two digits" to "HTTP/1.1 20 OK\r\n\r\n",
                "a status of four digits" to "HTTP/1.1 2000 OK\r\n\r\n",
                "a status with a sign" to "HTTP/1.1 +20 OK\r\n\r\n",
                "an empty line before the status" to "\r\n$ok\r\n",
                "HTTP/2" to "HTTP/2.0 200 OK\r\n\r\n",
                "something else" to "SSH-2.0-OpenSSH_9.6\r\n",
                "a change of protocol" to "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "a length of a chunk in C" to "${chunked}0x10\r\n",
                "a negative chunk" to "$chunked-1\r\n",
                "a chunk with a sign" to "$chunked+1\r\n",
                "a chunk of a length that no number holds" to "${chunked}FFFFFFFFFFFFFFFF\r\n",
                "a chunk of no length" to "$chunked\r\n",
                "a chunk with a space before its length" to "$chunked 1\r\n",
                "a bare CR after the length of a chunk" to "${chunked}1;x\ry\r\n",
                "a NUL after the length of a chunk" to "${chunked}1;x\u0000y\r\n",
                "no end of line after a chunk" to "${chunked}1\r\nab\r\n",
                "a chunk right after a chunk" to "${chunked}1\r\na1\r\n",
                "a line without end" to ok + "X: " + "y".repeat(70_000),
                "a length of a chunk without end" to chunked + "1;" + "y".repeat(70_000),
                "501 headers" to ok + "X: y\r\n".repeat(501) + "\r\n",
            )
            for ((name, bytes) in rows) {
                test(name) {
                    shouldThrow<ProtocolException> { heard(listOf(bytes.toByteArray(Charsets.ISO_8859_1))) }.message!! shouldContain
                        "breaks HTTP/1.1"
                }
            }
        }

        test("500 headers are understood") {
            heard(listOf(("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(499) + "Content-Length: 0\r\n\r\n").toByteArray())) shouldContain "kept"
        }

        test("only a body that goes on until the end may end with the connection") {
            for (half in listOf(
                "HTTP/1.1 200 OK\r\nConte",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
            )) {
                val parser = ResponseParser()
                val heard = Heard()
                parser.feed(half.toByteArray(), 0, half.length, heard)
                parser.close(heard) shouldBe false
                heard.hasEnded shouldBe false
            }
        }

        test("stops at the end of an answer, and begins anew with the next") {
            val one = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx".toByteArray()
            val parser = ResponseParser()
            val first = Heard()
            parser.feed(one + one, 0, one.size * 2, first) shouldBe one.size
            parser.hasBegun shouldBe false
            val second = Heard()
            parser.feed(one + one, one.size, one.size * 2, second) shouldBe one.size * 2
            second.toString() shouldBe first.toString()
        }

        test("whatever comes, there are events or a ProtocolException, and an end") {
            checkAll(2_000, Arb.byteArray(Arb.int(0..400), Arb.byte())) { bytes -> survives(bytes) }
        }

        test("the same for answers with some bytes changed, left out or put in") {
            val whole =
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" +
                    "5;x=y\r\nhello\r\n1f\r\n${"z".repeat(31)}\r\n0\r\nT: u\r\n\r\n"
            val odd = "\r\n \t:;,0Ff-+\u0000\u00ffx".toByteArray(Charsets.ISO_8859_1)
            checkAll(5_000, Arb.int(0..3), Arb.int(0 until whole.length), Arb.int(odd.indices)) { how, at, which ->
                val bytes = whole.toByteArray(Charsets.ISO_8859_1)
                val rest = bytes.copyOfRange(at, bytes.size)
                val head = bytes.copyOf(at)
                val changed = when (how) {
                    0 -> head + rest.drop(1)
                    1 -> head + odd[which] + rest
                    2 -> head + odd[which] + rest.drop(1)
                    else -> head + rest.drop(which + 1) + odd
                }
                survives(changed)
            }
        }
    })
