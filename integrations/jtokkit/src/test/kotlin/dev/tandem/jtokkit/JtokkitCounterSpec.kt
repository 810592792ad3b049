package dev.tandem.jtokkit

import dev.tandem.accounting.TokenCounter
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope

class JtokkitCounterSpec :
    FunSpec({
        val counter = JtokkitCounter { text, model -> 1_000_000 + text.length + (model?.length ?: 0) }

        test("as OpenAI's own tokenizer counts") {
            counter.count("hello world", "gpt-4") shouldBe 2
            counter.count("hello world", "gpt-4o") shouldBe 2
            counter.count("", "gpt-4o") shouldBe 0
            counter.count("antidisestablishmentarianism", "gpt-4") shouldBe 6
            counter.count("antidisestablishmentarianism", "gpt-4o") shouldBe 6
            counter.count("你好,世界", "gpt-4o") shouldBe 3
        }

        val o200k = listOf(
            "gpt-4o",
            "gpt-4o-mini-2024-07-18",
            "chatgpt-4o-latest",
            "gpt-4.1",
            "gpt-4.1-nano-2025-04-14",
            "gpt-4.5-preview",
            "gpt-5",
            "gpt-5.1",
            "gpt-5.2-codex",
            "gpt-5-mini",
            "o1",
            "o1-preview",
            "o3-mini",
            "o3",
            "o4-mini-high",
            "gpt-oss-120b",
            "openai/gpt-4o",
            "GPT-4o",
            "ft:gpt-4o-mini-2024-07-18:my-firm::abc123",
            "codex-mini-latest",
        )
        val cl100k = listOf(
            "gpt-4",
            "gpt-4-turbo",
            "gpt-4-0613",
            "gpt-4-32k",
            "gpt-3.5-turbo",
            "gpt-3.5-turbo-0125",
            "gpt-35-turbo",
            "gpt-3.5-turbo-16k",
            "text-embedding-3-small",
            "text-embedding-3-large",
            "text-embedding-ada-002",
            "ft:gpt-3.5-turbo:my-firm::abc123",
        )
        val text = Texts.OTHERS.getValue("hindi")
        val many = counter.count(text, "gpt-4")
        val few = counter.count(text, "gpt-4o")

        test("newer models count otherwise") { (few * 2 < many) shouldBe true }

        for (model in o200k) test("$model counts with o200k_base") { counter.count(text, model) shouldBe few }

        for (model in cl100k) test("$model counts with cl100k_base") { counter.count(text, model) shouldBe many }

        for (model in listOf(
            "claude-sonnet-4-5",
            "gemini-2.5-flash",
            "gpt-40",
            "gpt-4x",
            "o1lama",
            "o10",
            "llama-3",
            "grok-4",
            "",
            "/",
            "my-gpt-4o",
        )) {
            test("'$model' is left to the other counter") {
                counter.knows(model) shouldBe false
                counter.count("four", model) shouldBe 1_000_004 + model.length
                counter.load(model)
            }
        }

        test("no model is left to the other counter, an estimate if nothing else is said") {
            counter.count("four", null) shouldBe 1_000_004
            JtokkitCounter().count(text, null) shouldBe TokenCounter.ESTIMATE.count(text, null)
        }

        test("what looks like a special token is text") {
            counter.count("<|endoftext|>", "gpt-4o") shouldBe 7
            counter.count("a<|im_start|>b<|fim_prefix|>", "gpt-4")
        }

        test("half characters and long runs do it no harm") {
            counter.count("\uD83D and \uDE00", "gpt-4o")
            for (run in listOf("a", " ", "\n", "=", "9", "好", "\uD83D\uDE00", "ab ", "'s")) {
                for (model in listOf("gpt-4o", "gpt-4")) (counter.count(run.repeat(20_000), model) > 0) shouldBe true
            }
        }

        test("many at once get the same") {
            val texts = (Texts.COMMON + Texts.OTHERS).values
            val counts = texts.map { counter.count(it, "gpt-4o") to counter.count(it, "gpt-4") }
            coroutineScope {
                List(8) {
                    async(Dispatchers.Default) { texts.map { counter.count(it, "gpt-4o") to counter.count(it, "gpt-4") } }
                }.awaitAll().forEach { it shouldBe counts }
            }
        }
    })
