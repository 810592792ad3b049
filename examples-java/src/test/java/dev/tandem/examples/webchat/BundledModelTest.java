package dev.tandem.examples.webchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.examples.webchat.chat.Limits;
import dev.tandem.llama.Llama;
import dev.tandem.provider.openai.OpenAi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BundledModelTest {
    @Test
    void answersAgainAndAgain() throws Exception {
        Llama pebble = Llama.bundled();
        try (Scene scene = new Scene(WebChat.limitsFor(pebble), pebble)) {
            String chat = scene.open();
            for (int n = 0; n < 8; n++) {
                assertEquals("complete", Scene.textOf(scene.asked(chat, "What is the capital of France?"), "end"));
                assertEquals(
                        "The capital of France is Paris.",
                        Scene.textOf(scene.turns(chat).get(n), "answer"));
            }
        }
    }

    @Test
    void othersAreToldMore() {
        assertSame(Limits.STANDARD, WebChat.limitsFor(OpenAi.compatible("http://127.0.0.1:1/v1")));
    }
}
