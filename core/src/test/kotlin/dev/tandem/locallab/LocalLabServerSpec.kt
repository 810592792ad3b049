package dev.tandem.locallab

import dev.tandem.AiClient
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.NotFoundException
import dev.tandem.error.NotSupportedException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.UnauthorizedException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.Timer
import dev.tandem.model.options
import dev.tandem.provider.locallab.LocalLab
import dev.tandem.provider.locallab.labAt
import dev.tandem.provider.locallab.labClient
import dev.tandem.provider.locallab.localLabOptions
import dev.tandem.provider.locallab.root
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.LocalLabReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

class LocalLabServerSpec :
    FunSpec({
        val fake = autoClose(FakeServer.start().answering(LocalLabReplies.server()))
        val lab = autoClose(LocalLabServer(labAt(fake)))

        fun sent() = fake.requests.last().run { "$method $path $body".trim() }

        test("a model is loaded, told of, and unloaded") {
            lab.load("fake-2") shouldBe true
            sent() shouldBe """POST /models/load {"model_id":"fake-2"}"""
            lab.current()!!.run { listOf(id, name, isLoaded, progress) shouldBe listOf("fake-2", "The fake-2", true, 1.0) }
            lab.list().map { it.id to it.isLoaded } shouldBe listOf("fake-1" to false, "fake-2" to true)
            lab.status("fake-1").run { listOf(isLoaded, progress) shouldBe listOf(false, 0.0) }
            lab.unload() shouldBe true
            lab.current() shouldBe null
            lab.unload() shouldBe true
            lab.load("fake-1") shouldBe true
        }

        test("loading that goes on behind the scenes is not done") {
            fake.enqueue(LocalLabReplies.status("loading", "started"), LocalLabReplies.model("fake-2", isLoaded = false, progress = 0.5))
            lab.load("fake-2") shouldBe false
            lab.status("fake-2").progress shouldBe 0.5
        }

        test("loading that fails says why") {
            shouldThrow<ServerException> { lab.load("none/such") }.message!! shouldContain "none/such is not a valid model"
        }

        test("unloading is success by the server's own word only") {
            fake.enqueue(LocalLabReplies.status("error", "busy"), Reply.json("""{"message":"?"}"""))
            lab.unload() shouldBe false
            shouldThrow<MalformedResponseException> { lab.unload() }
        }

        test("another 404 is not the absence of a model") {
            fake.enqueue(LocalLabReplies.error(404, "Not Found"))
            shouldThrow<NotFoundException> { lab.current() }.message!! shouldContain "Check the base URL"
        }

        test("ids are put into paths as they must be") {
            fake.enqueue(LocalLabReplies.model("a/b c?ä", isLoaded = true, progress = 1.0))
            lab.status("a/b c?ä").isLoaded shouldBe true
            sent() shouldBe "GET /models/status/a/b%20c%3F%C3%A4"
            shouldThrow<IllegalArgumentException> { lab.status("../health") }
            shouldThrow<IllegalArgumentException> { lab.load(" ") }.message!! shouldContain "model id must not be blank"
        }

        test("progress and state may be missing, and stay within bounds") {
            fake.enqueue(
                Reply.json("""{"id":"a","is_loaded":true}"""),
                Reply.json("""{"id":"a","loading_progress":55.0}"""),
                Reply.json("""{"id":"a","loading_progress":null,"is_loaded":null,"name":null}"""),
            )
            lab.status("a").progress shouldBe 1.0
            lab.status("a").progress shouldBe 1.0
            lab.status("a").run { listOf(name, progress, isLoaded) shouldBe listOf("a", 0.0, false) }
        }

        test("health: healthy, minimal, and nothing there") {
            lab.health() shouldBe LocalLabHealth.HEALTHY
            fake.enqueue(LocalLabReplies.status("minimal", "limited"), Reply.error(503, "{}"), TUNNEL_WITHOUT_SERVER)
            lab.health() shouldBe LocalLabHealth.MINIMAL
            lab.health() shouldBe LocalLabHealth.DOWN
            lab.health() shouldBe LocalLabHealth.DOWN
            val gone = FakeServer.start().use { it.root }
            LocalLabServer(LocalLab.at(gone)).use { it.health() } shouldBe LocalLabHealth.DOWN
        }

        test("health: a server that hangs is down, and is not waited for as long as a model") {
            val impatient = LocalLabServer.of(labClient(fake) { timer(Timer.FIRST_BYTE, 500.milliseconds) })
            fake.enqueue(Reply.silence())
            impatient.use { it.health() } shouldBe LocalLabHealth.DOWN
        }

        test("health: what waiting will not change is an exception") {
            fake.enqueue(
                LocalLabReplies.error(401, "who are you?"),
                LocalLabReplies.error(404, "Not Found"),
                Reply.of(200, "text/html", "<html><title>hello</title></html>"),
            )
            shouldThrow<UnauthorizedException> { lab.health() }
            shouldThrow<NotFoundException> { lab.health() }
            shouldThrow<UnexpectedContentException> { lab.health() }
        }

        test("the machine, with cards and without") {
            lab.systemInfo().run {
                listOf(cpuUsage, memoryUsage, activeModel, uptimeSeconds, requestCount) shouldBe listOf(12.5, 48.1, "fake-1", 3600.25, 42L)
                gpus.single().run {
                    listOf(index, name, totalMemoryMb) shouldBe listOf(0, "Fake T4", 15102L)
                    fields["temperature"] shouldBe "51"
                }
            }
            fake.enqueue(LocalLabReplies.systemInfo(null, null), LocalLabReplies.systemInfo(null, """{"name":"one"}"""))
            lab.systemInfo().run { listOf(gpus.size, activeModel) shouldBe listOf(0, null) }
            lab
                .systemInfo()
                .gpus
                .single()
                .name shouldBe "one"
        }

        test("instructions: for all, for one, and back") {
            val before = lab.instructions()
            lab.setInstructions("Be brief")
            sent() shouldBe """POST /system/instructions {"instructions":"Be brief"}"""
            lab.setInstructions("Be kind", "fake-2")
            sent() shouldBe """POST /system/instructions {"instructions":"Be kind","model_id":"fake-2"}"""
            listOf(lab.instructions(), lab.instructions("fake-1"), lab.instructions("fake-2")) shouldBe
                listOf("Be brief", "Be brief", "Be kind")
            lab.resetInstructions("fake-2")
            lab.instructions("fake-2") shouldBe "Be brief"
            lab.resetInstructions()
            lab.instructions() shouldBe before
            shouldThrow<IllegalArgumentException> { lab.setInstructions(" ") }.message!! shouldContain "resetInstructions"
        }

        test("a batch answers in order, as one request, with all that can be set") {
            lab.batchGenerate(listOf("a", "b", "c")) shouldBe listOf("Echo: a", "Echo: b", "Echo: c")
            sent() shouldBe """POST /generate/batch {"prompts":["a","b","c"]}"""
            lab.batchGenerate(
                listOf("a"),
                localLabOptions {
                    maxTokens = 5
                    systemPrompt("Be brief")
                },
            )
            sent() shouldBe """POST /generate/batch {"prompts":["a"],"max_tokens":5,"max_length":5,"system_prompt":"Be brief"}"""
            val before = fake.requests.size
            lab.batchGenerate(emptyList()) shouldBe emptyList()
            shouldThrow<IllegalArgumentException> { lab.batchGenerate(listOf("a", " ")) }.message!! shouldContain "prompt 1"
            shouldThrow<IllegalArgumentException> { lab.batchGenerate(listOf("a"), options { maxTokens = 40_000 }) }
            shouldThrow<NotSupportedException> { lab.batchGenerate(listOf("a"), options { stop("x") }) }
            fake.requests.size shouldBe before
        }

        test("a batch that is not whole is no batch") {
            fake.enqueue(LocalLabReplies.batch("a"), LocalLabReplies.error(500, "CUDA out of memory"))
            shouldThrow<MalformedResponseException> { lab.batchGenerate(listOf("a", "b")) }
            shouldThrow<ServerException> { lab.batchGenerate(listOf("a", "b")) }.message!! shouldContain "CUDA out of memory"
        }

        test("an error under the status of success is one") {
            fake.enqueue(Reply.json("""{"detail":"not now"}"""), Reply.json("""{"error":"not now"}"""))
            shouldThrow<ServerException> { lab.list() }.message!! shouldContain "not now"
            shouldThrow<ServerException> { lab.resetInstructions() }.message!! shouldContain "not now"
        }

        test("the client's options hold, and the call's come first") {
            val ai = labClient(fake) {
                temperature = 0.25
                header("X-Team", "green")
                timer(Timer.FIRST_BYTE, 900.milliseconds)
            }
            LocalLabServer.of(ai).use { shared ->
                shared.batchGenerate(listOf("a"), options { maxTokens = 5 })
                sent() shouldContain """"temperature":0.25"""
                fake.requests.last().header("X-Team") shouldBe "green"
                fake.enqueue(Reply.silence(), Reply.silence())
                shouldThrow<TimeLimitException> { shared.load("fake-1") }.limit shouldBe 900.milliseconds
                val own = options { timer(Timer.FIRST_BYTE, 500.milliseconds) }
                shouldThrow<TimeLimitException> { shared.load("fake-1", own) }.limit shouldBe 500.milliseconds
                ai.stats().total shouldBe 3
            }
            shouldThrow<IllegalStateException> { ai.generate("Hi") }
        }

        test("loading has half an hour where nobody says otherwise") {
            LocalLabServer.LOADING.limitOf(Timer.FIRST_BYTE) shouldBe 30.minutes
        }

        test("after the end, every operation says so; the end may come twice, and while a call is under way") {
            val closed = LocalLabServer(labAt(fake))
            closed.close()
            closed.close()
            val calls: List<suspend () -> Any?> = listOf(
                { closed.load("fake-1") },
                { closed.unload() },
                { closed.current() },
                { closed.list() },
                { closed.status("fake-1") },
                { closed.health() },
                { closed.systemInfo() },
                { closed.instructions() },
                { closed.setInstructions("x") },
                { closed.resetInstructions() },
                { closed.batchGenerate(listOf("x")) },
            )
            for (call in calls) shouldThrow<IllegalStateException> { call() }.message!! shouldContain "closed: make a new one"
            "$closed" shouldBe "LocalLabServer(locallab, closed)"
            FakeServer.start().always(Reply.silence()).use { silent ->
                val closing = LocalLabServer(labAt(silent))
                coroutineScope {
                    val loading = async { shouldThrow<IllegalStateException> { closing.load("fake-1") } }
                    withContext(Dispatchers.IO) { silent.awaitRequest() }
                    closing.close()
                    loading.await()
                }
            }
        }

        test("a client of somebody else's is refused") {
            AiClient(OpenAi.compatible(fake.url)).use { other ->
                shouldThrow<IllegalArgumentException> { LocalLabServer.of(other) }.message!! shouldContain "no client of LocalLab"
            }
        }

        test("what the server refuses is told in its words") {
            fake.enqueue(LocalLabReplies.invalid("model_id", "Field required"))
            shouldThrow<InvalidRequestException> { lab.load("x") }.message!! shouldContain "body.model_id: Field required"
        }
    })

private val TUNNEL_WITHOUT_SERVER =
    Reply.of(404, "text/html", "<html><noscript>The endpoint is offline. (ERR_NGROK_3200)</noscript></html>")
