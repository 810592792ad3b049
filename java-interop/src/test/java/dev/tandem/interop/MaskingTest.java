package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.MaskingException;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Part;
import dev.tandem.privacy.Masking;
import dev.tandem.privacy.MaskingRule;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no provider gets to see, in every style. */
class MaskingTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]+_[0-9A-F]{6}]");
    private static final String PROMPT = "Ask anna@example.org about ticket T-4711";

    private final FakeServer server = FakeServer.start();
    private final JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl()))
            .model("fake-1")
            .masking(Masking.builder()
                    .rule(MaskingRule.EMAIL)
                    .rule(MaskingRule.of("TICKET", "T-\\d+"))
                    .build())
            .build();

    @AfterEach
    void close() {
        ai.close();
        server.close();
    }

    @Test
    void everyStyleSpeaksInPlaceholdersAndHearsTheRealThing() throws Exception {
        server.answering(request -> {
            Matcher found = PLACEHOLDER.matcher(request.getBody());
            assertTrue(found.find());
            String said = "I asked " + found.group();
            return request.getBody().contains("\"stream\":true")
                    ? OpenAiReplies.stream(said.split("(?<=\\G.{3})"))
                    : OpenAiReplies.chat(said);
        });
        String answer = "I asked anna@example.org";
        assertEquals(answer, ai.blocking().generate(PROMPT));
        assertEquals(answer, get(ai.async().generate(PROMPT)));
        assertEquals(
                List.of(answer), Collected.all(ai.reactive().generate(PROMPT)).toList());
        try (ChatStream stream = ai.blocking().stream(PROMPT)) {
            StringBuilder text = new StringBuilder();
            stream.forEach(event -> text.append(event.getText()));
            assertEquals(answer, text.toString());
            assertEquals(answer, stream.response().getText());
        }
        server.getRequests().forEach(request -> {
            assertFalse(request.getBody().contains("anna"));
            assertFalse(request.getBody().contains("4711"));
        });
    }

    @Test
    void whatCannotBeMaskedIsNotSent() {
        ChatRequest picture = ChatRequest.builder()
                .user(new Part.Image("https://example.org/anna.png"))
                .build();
        assertThrows(MaskingException.class, () -> ai.blocking().chat(picture));
        assertEquals(0, server.getRequests().size());
    }
}
