package dev.tandem

import dev.tandem.error.AiException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.options
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.string.shouldNotContain
import io.ktor.http.headersOf
import kotlinx.coroutines.flow.toList

/** What a server may do to bring a credential into a log. */
class SecretsSpec :
    FunSpec({
        fun Throwable.keeps(secret: String) {
            stackTraceToString() shouldNotContain secret
            (this as AiException).excerpt.orEmpty() shouldNotContain secret
        }

        test("a key at the place where a long error text is cut") {
            for (before in 180..200) {
                shouldThrow<AiException> { answering("x".repeat(before) + KEY, 502).generate("Hi") }.keeps(KEY.take(8))
            }
        }

        test("a key in the address of a redirect") {
            shouldThrow<UnexpectedContentException> {
                answering("", 302, headersOf("Location", "https://elsewhere.example/login?key=$KEY")).generate("Hi")
            }.keeps(KEY)
        }

        test("a key in JSON that cannot be read") {
            val broken = """{"id":"$KEY","choices":[,]}"""
            shouldThrow<MalformedResponseException> { answering(broken).generate("Hi") }.keeps(KEY)
            shouldThrow<MalformedResponseException> { answering(broken).models() }.keeps(KEY)
            shouldThrow<MalformedResponseException> { streaming("data: $broken\n\n").stream("Hi").toList() }.keeps(KEY)
        }

        test("credentials in the headers of a call") {
            val refusal = """{"error":{"message":"Incorrect key: sk-of-this-call"}}"""
            for (header in listOf("Authorization" to "Bearer sk-of-this-call", "api-key" to "sk-of-this-call")) {
                val options = options { header(header.first, header.second) }
                shouldThrow<AiException> { answering(refusal, 401).generate("Hi", options) }.keeps("sk-of-this-call")
            }
        }
    })
