package dev.tandem.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.error.AiException;
import dev.tandem.error.ContextLengthException;
import dev.tandem.error.NotFoundException;
import dev.tandem.error.QuotaExceededException;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Message;
import dev.tandem.model.ModelInfo;
import dev.tandem.model.ToolDefinition;
import dev.tandem.model.Usage;
import dev.tandem.provider.openai.OpenAi;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A second opinion on OpenAI's chat: mock-llm leaves out what a small server leaves out. */
class MockLlmTest {
    private static final Peer MOCK = Peer.mockLlm();
    private static final String ECHO = "You said: one two three four five";

    private final JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(MOCK.url() + "/v1", "sk-shown-to-loopback"))
            .model("m")
            .embeddingModel("m")
            .build();

    @AfterAll
    static void stop() {
        MOCK.close();
    }

    @AfterEach
    void close() {
        ai.close();
    }

    @Test
    void answersWhole() {
        ChatResponse response = ai.blocking().chat(ChatRequest.of("one two three four five"));
        assertEquals(ECHO, response.getText());
        assertEquals(Usage.of(4, 6), response.getUsage());
        assertEquals("m", response.getModel());
    }

    @Test
    void answersInPieces() {
        try (ChatStream stream = ai.blocking().stream("one two three four five")) {
            List<String> pieces = stream.stream()
                    .map(ChatEvent::getText)
                    .filter(text -> !text.isEmpty())
                    .toList();
            assertEquals(List.of("You sai", "d: one ", "two thr", "ee four", " five"), pieces);
            assertEquals(ECHO, stream.response().getText());
        }
    }

    @Test
    void sendsTheKeyAsABearer() {
        assertEquals("Bearer sk-shown-to-loopback", ai.blocking().generate("which key"));
    }

    @Test
    void callsToolsAndTakesTheirResults() {
        ChatRequest request = ChatRequest.builder()
                .tool(ToolDefinition.of(
                        "get_weather", "The weather in a city", "{\"type\":\"object\",\"properties\":{}}"))
                .user("weather")
                .build();
        ChatResponse asked = ai.blocking().chat(request);
        assertEquals("{\"city\":\"Paris\"}", asked.getToolCalls().get(0).getArguments());
        ChatRequest next = request.newBuilder()
                .message(asked.getMessage())
                .message(Message.tool("call_1", "sunny"))
                .build();
        assertEquals("It is sunny", ai.blocking().chat(next).getText());
    }

    @Test
    void runsTheToolItselfAndGoesOn() {
        ChatRequest request = ChatRequest.builder()
                .tool(JavaTools.of("get_weather", "The weather in a city", Place.class, Place::weather))
                .user("weather")
                .build();
        assertEquals("It is sunny", ai.blocking().chat(request).getText());
    }

    record Place(String city) {
        String weather() {
            return city.equals("Paris") ? "sunny" : "unknown";
        }
    }

    @Test
    void listsModels() {
        assertEquals(List.of(new ModelInfo("m", "mock")), ai.blocking().models());
    }

    @Test
    void whatItLacksIsNotFound() {
        assertThrows(NotFoundException.class, () -> ai.blocking().embed("a vector"));
    }

    /** In a stream this server puts the error into the body, under a status that says all is well. */
    @ParameterizedTest
    @CsvSource({"refuse the key, 401", "no money, 429", "too long, 400"})
    void errorsHaveTheSameTypeInStreams(String prompt, int status) {
        Class<? extends AiException> type = typeOf(status);
        AiException whole = assertThrows(type, () -> ai.blocking().generate(prompt));
        assertEquals(status, whole.getStatus());
        AiException streamed = assertThrows(type, () -> {
            try (ChatStream stream = ai.blocking().stream(prompt)) {
                stream.forEach(Assertions::assertNotNull);
            }
        });
        assertEquals(whole.getCode(), streamed.getCode());
    }

    private static Class<? extends AiException> typeOf(int status) {
        return switch (status) {
            case 401 -> UnauthorizedException.class;
            case 429 -> QuotaExceededException.class;
            default -> ContextLengthException.class;
        };
    }
}
