package dev.tandem.llama

import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.shouldBe

class FactsSpec :
    FunSpec({
        withData(
            "Hello!" to "Hello! How can I help you?",
            "What is a coroutine?" to COROUTINE,
            "What is the capital of France?" to "The capital of France is Paris.",
            "Explain streaming." to "Streaming sends the answer in small pieces as soon as each token is ready.",
            "Classify: I love this music." to "positive",
            "Classify: This forest is awful." to "negative",
            "Say apple river." to "Apple river.",
        ) { (question, answer) -> pebble { it.generate(question) } shouldBe answer }
    })
