package dev.tandem.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.InvalidRequestException;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.cassette.Cassette;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import io.ktor.client.engine.HttpClientEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How code that asks a model is tested: by a script, or by what a provider once said. */
class ConciergeTest {
    @Test
    void asksWhatTheGuestAsks() {
        ScriptedModel model = ScriptedModel.saying("Oslo");
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            assertEquals("Oslo", new Concierge(ai).answer("What is the capital of Norway?"));
        }
        assertEquals(
                "What is the capital of Norway?",
                model.getRequests().get(0).getMessages().get(0).getText());
    }

    @Test
    void isPoliteWhenTheProviderIsNot() {
        ScriptedModel model = ScriptedModel.builder()
                .replyTo("busy", ScriptedReply.failure(Faults::overloaded))
                .replyTo("key", ScriptedReply.failure(Faults::unauthorized))
                .build();
        try (JavaAiClient ai =
                JavaAiClient.builder(model).retry(r -> r.maxAttempts(1)).build()) {
            Concierge concierge = new Concierge(ai);
            assertTrue(concierge.answer("Are you busy?").contains("ask again"));
            assertThrows(UnauthorizedException.class, () -> concierge.answer("Is the key right?"));
        }
    }

    @Test
    void showsWhatHadComeWhenAStreamBreaks() {
        ScriptedModel model =
                ScriptedModel.saying(ScriptedReply.pieces("The capital", " is").thenBreak());
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            new Concierge(ai).show("What is the capital?", new PrintStream(shown, true, StandardCharsets.UTF_8));
            assertTrue(shown.toString(StandardCharsets.UTF_8).startsWith("The capital is… (I am busy"));
        }
    }

    @Test
    void doesNotWait() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        ScriptedModel model = ScriptedModel.saying(ScriptedReply.text("Oslo").after(gate), ScriptedReply.silence());
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            CompletableFuture<String> answer = new Concierge(ai).answerLater("What is the capital of Norway?");
            model.awaitRequest();
            assertFalse(answer.isDone());
            gate.complete("now");
            assertEquals("Oslo", answer.join());

            CompletableFuture<String> unwanted = new Concierge(ai).answerLater("Never mind");
            model.awaitRequest();
            unwanted.cancel(true);
            model.awaitGivenUp();
        }
    }

    @Test
    void rememberedAnswers(@TempDir Path folder) throws IOException {
        Path cassette = folder.resolve("capitals.jsonl");
        try (FakeServer provider = FakeServer.start().enqueue(OpenAiReplies.chat("Oslo"))) {
            for (int run = 1; run <= 2; run++) {
                try (HttpClientEngine engine = Cassette.auto(cassette);
                        JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(provider.getUrl(), "a-secret-key"))
                                .model("gpt-4o-mini")
                                .engine(engine)
                                .build()) {
                    assertEquals("Oslo", new Concierge(ai).answer("What is the capital of Norway?"));
                    if (run == 2) {
                        assertThrows(InvalidRequestException.class, () -> new Concierge(ai).answer("And of Sweden?"));
                    }
                }
            }
            assertEquals(1, provider.getRequests().size());
        }
        assertFalse(Files.readString(cassette).contains("a-secret-key"));
    }

    @Test
    void runsOnTheBundledModel() {
        try (JavaAiClient ai = JavaAiClient.builder(Llama.bundled()).build()) {
            assertEquals("The capital of France is Paris.", new Concierge(ai).answer("What is the capital of France?"));
        }
    }
}
