package sample

import dev.tandem.testing.FakeRequest
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.io.File
import java.util.concurrent.TimeUnit
import java.util.zip.ZipFile

/** What R8 has left of the sample, with no rules but those in the jars, does over a socket what the sample does. */
class ShrunkSpec :
    FunSpec({
        val server = autoClose(FakeServer.start().answering(::answer))
        val expected = """
            plain: Hello!
            stream: [One, , two, , three.]
            typed: City(name=Oslo, people=709000)
            tool: Yes: it has 4 degrees in Oslo.
            screen: [{"isMine":true,"text":"Count"},{"isMine":false,"text":"One, two, three."}]
            error: SIGN_IN_AGAIN, status 401, openai 401: expired (request req-1). Check the API key
            java stream: One, two, three., failed with null
            java typed: Oslo, 709000
            java tool: Yes: it has 4 degrees in Oslo.
        """.trimIndent()

        test("the sample does what it is for") { outputOf("all.jar", server.url) shouldBe expected }

        test("none of our classes keeps its name") {
            val left = ZipFile(File("target/shrunk.jar")).use { jar -> jar.entries().toList().map { it.name } }
            left.filter(::isOurs).shouldBeEmpty()
        }

        test("shrunk, optimized and obfuscated it does the same") { outputOf("shrunk.jar", server.url) shouldBe expected }
    })

private const val PATIENCE_SECONDS = 60L

private fun outputOf(jar: String, url: String): String {
    val java = File(System.getProperty("java.home"), "bin/java").path
    val said = File.createTempFile("sample", ".txt").apply { deleteOnExit() }
    val command = listOf(java, "-Xmx256m", "-cp", File("target", jar).path, "sample.MainKt", url)
    val program = ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start()
    if (!program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) program.destroyForcibly().waitFor()
    return said
        .readText()
        .lines()
        .filterNot { it.startsWith("SLF4J") }
        .joinToString("\n")
        .trim()
}

private fun isOurs(entry: String) = entry.startsWith("dev/tandem/") && entry.endsWith(".class")

private fun answer(request: FakeRequest): Reply = when {
    request.header("Authorization") != "Bearer token-2" -> {
        OpenAiReplies.error(401, "expired", "invalid_request_error", "invalid_api_key")
    }

    "\"role\":\"tool\"" in request.body && "4 degrees in Oslo" in request.body -> {
        OpenAiReplies.chat("Yes: it has 4 degrees in Oslo.")
    }

    // The model has to know the tool by its names.
    "coat" in request.body && listOf("weather", "city", "its name").all { it in request.body } -> {
        OpenAiReplies.toolCall("call-1", "weather", """{"city":"Oslo"}""")
    }

    // And the type by its names.
    "Oslo has" in request.body && listOf("name", "people").all { "\"$it\"" in request.body } -> {
        OpenAiReplies.chat("""{"name":"Oslo","people":709000}""")
    }

    "Count" in request.body -> {
        OpenAiReplies.stream("One", ", two", ", three.")
    }

    "Say hello" in request.body -> {
        OpenAiReplies.chat("Hello!")
    }

    else -> {
        OpenAiReplies.error(400, "not understood: ${request.body}", "invalid_request_error", null)
    }
}
