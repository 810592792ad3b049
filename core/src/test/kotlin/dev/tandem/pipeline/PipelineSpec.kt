package dev.tandem.pipeline

import dev.tandem.ScriptedTarget
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Options
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onCompletion
import kotlinx.coroutines.flow.onStart
import kotlinx.coroutines.flow.single
import kotlinx.coroutines.flow.toList

class PipelineSpec :
    FunSpec({
        val log = mutableListOf<String>()

        class Logging(private val name: String) : Middleware {
            override fun <T> around(call: Call<T>, next: Next): Flow<T> =
                next.proceed(call).onStart { log += "$name in" }.onCompletion { log += "$name out" }
        }

        val target = ScriptedTarget(0, "a", "b")
        val request = ChatRequest.of("Hi")

        test("layers stand around a call in the order of the list, and around a stream in the same") {
            val pipeline = Pipeline(listOf(Logging("outer"), Logging("inner")))
            pipeline.proceed(Call(Operation.CHAT, request, target)).single().text shouldBe "ab"
            pipeline.proceed(Call(Operation.STREAM, request, target)).map { it.text }.toList() shouldContainExactly listOf("a", "b", "")
            val once = listOf("outer in", "inner in", "inner out", "outer out")
            log shouldContainExactly once + once
        }

        test("a layer may send another request to another target") {
            val other = ScriptedTarget(0, "other")
            val redirect =
                object : Middleware {
                    override fun <T> around(call: Call<T>, next: Next): Flow<T> =
                        next.proceed(call.withTarget(other).withRequest(ChatRequest.of("Ho")))
                }
            Pipeline(listOf(redirect)).proceed(Call(Operation.STREAM, request, target)).toList().first() shouldBe ChatEvent.Text("other")
        }

        test("a request of another kind is refused") {
            shouldThrow<IllegalArgumentException> { Call(Operation.CHAT, request, target).withRequest(ModelsRequest(Options.NONE)) }
                .message!! shouldContain "chat takes a ChatRequest"
        }
    })
