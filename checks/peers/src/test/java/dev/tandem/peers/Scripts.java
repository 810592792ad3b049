package dev.tandem.peers;

import dev.tandem.testing.AnthropicReplies;
import dev.tandem.testing.GeminiReplies;
import dev.tandem.testing.OllamaReplies;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import dev.tandem.testing.ResponsesReplies;

/** The scripts of our fake server for the programs in {@code src/test/node}, which expect just this. */
final class Scripts {
    private static final String THOUGHT = "Six times seven";
    private static final String SECRET = "c2VjcmV0";
    private static final String TOOL = "get_weather";
    private static final String PARIS = "{\"city\":\"Paris\"}";
    private static final float[][] VECTORS = {{0.25f, -0.5f}, {1f, 2f}};

    private Scripts() {}

    static Script openAiChat() {
        Reply limited = OpenAiReplies.error(429, "Slow down", "requests", "rate_limit_exceeded");
        return new Script()
                .on(
                        "/v1/chat/completions hello",
                        OpenAiReplies.chat("Hello there"),
                        OpenAiReplies.stream("Hello", " there"))
                .on(
                        "/v1/chat/completions tool",
                        OpenAiReplies.toolCall("call_1", TOOL, PARIS),
                        OpenAiReplies.streamToolCall("call_1", TOOL, "{\"city\"", ":\"Paris\"}"))
                .on("/v1/chat/completions hold stream", OpenAiReplies.streamThenHold("Hel"))
                .on("/v1/chat/completions error-429 stream", limited)
                .on(
                        "/v1/chat/completions error-401",
                        OpenAiReplies.error(401, "Incorrect API key", "invalid_request_error", "invalid_api_key"))
                .on("/v1/embeddings numbers", OpenAiReplies.embeddings(VECTORS))
                .on("/v1/embeddings packed", OpenAiReplies.embeddingsBase64(VECTORS))
                .on("/v1/models", OpenAiReplies.models("fake-1", "fake-2"));
    }

    static Script openAiResponses() {
        return new Script()
                .on(
                        "/v1/responses hello",
                        ResponsesReplies.chat("Hello there"),
                        ResponsesReplies.stream("Hello", " there"))
                .on(
                        "/v1/responses thought",
                        ResponsesReplies.thinking(THOUGHT, SECRET, "42"),
                        ResponsesReplies.streamThinking(THOUGHT, SECRET, "4", "2"))
                .on(
                        "/v1/responses tool",
                        ResponsesReplies.toolCall("call_1", TOOL, PARIS),
                        ResponsesReplies.streamToolCall("call_1", TOOL, "{\"city\"", ":\"Paris\"}"))
                .on("/v1/responses cut stream", ResponsesReplies.streamThenCut("max_output_tokens", "This goes on"))
                .on("/v1/responses failed stream", ResponsesReplies.streamThenError("server_error", "Gone", "Hel"))
                .on("/v1/responses broken stream", ResponsesReplies.streamThenErrorEvent("server_error", "Gone", "Hel"))
                .on("/v1/responses hold stream", ResponsesReplies.streamThenHold("Hel"))
                .on(
                        "/v1/responses error-429",
                        OpenAiReplies.error(429, "Slow down", "requests", "rate_limit_exceeded"));
    }

    static Script anthropic() {
        return new Script()
                .on(
                        "/v1/messages hello",
                        AnthropicReplies.chat("Hello there"),
                        AnthropicReplies.stream("Hello", " there"))
                .on(
                        "/v1/messages thought",
                        AnthropicReplies.thinking(THOUGHT, SECRET, "42"),
                        AnthropicReplies.streamThinking(THOUGHT, SECRET, "4", "2"))
                .on("/v1/messages redacted stream", AnthropicReplies.streamRedactedThinking(SECRET, "42"))
                .on(
                        "/v1/messages tool",
                        AnthropicReplies.toolCall("toolu_1", TOOL, PARIS),
                        AnthropicReplies.streamToolCall("toolu_1", TOOL, "{\"city\"", ":\"Paris\"}"))
                .on(
                        "/v1/messages broken stream",
                        AnthropicReplies.streamThenError("overloaded_error", "Overloaded", "Hel"))
                .on("/v1/messages hold stream", AnthropicReplies.streamThenHold("Hel"))
                .on("/v1/messages error-401 stream", AnthropicReplies.error(401, "invalid x-api-key"))
                .on("/v1/messages error-429", AnthropicReplies.error(429, "Slow down"))
                .on("/v1/models?limit=2", AnthropicReplies.modelsWithMore("fake-1", "fake-2"))
                .on("/v1/models?limit=2&after_id=fake-2", AnthropicReplies.models("fake-3"));
    }

    static Script ollama() {
        return new Script()
                .on("/api/chat hello", OllamaReplies.chat("Hello there"), OllamaReplies.stream("Hello", " there"))
                .on(
                        "/api/chat thought",
                        OllamaReplies.thinking(THOUGHT, "42"),
                        OllamaReplies.streamThinking(THOUGHT, "4", "2"))
                .on(
                        "/api/chat tool",
                        OllamaReplies.toolCall("call_1", TOOL, PARIS),
                        OllamaReplies.streamToolCall(null, TOOL, PARIS))
                .on(
                        "/api/chat broken stream",
                        OllamaReplies.streamThenError("model runner has unexpectedly stopped", "Hel"))
                .on("/api/chat endless stream", OllamaReplies.streamWithoutEnd("Hel"))
                .on("/api/chat hold stream", OllamaReplies.streamThenHold("Hel"))
                .on("/api/chat error-404", OllamaReplies.error(404, "model 'error-404' not found"))
                .on("/api/embed numbers", OllamaReplies.embeddings(VECTORS))
                .on("/api/tags", OllamaReplies.models("fake-1:latest", "fake-2:latest"))
                .on("/api/pull stream", OllamaReplies.pull(100, 50, 100));
    }

    static Script gemini() {
        return new Script()
                .on(whole("hello"), GeminiReplies.chat("Hello there"))
                .on(streamed("hello"), GeminiReplies.stream("Hello", " there"))
                .on(whole("thought"), GeminiReplies.thinking(THOUGHT, SECRET, "42"))
                .on(streamed("thought"), GeminiReplies.streamThinking(THOUGHT, SECRET, "4", "2"))
                .on(whole("tool"), GeminiReplies.toolCall(TOOL, PARIS, SECRET))
                .on(streamed("tool"), GeminiReplies.streamToolCall(TOOL, PARIS, SECRET))
                .on(streamed("hold"), GeminiReplies.streamThenHold("Hel"))
                .on(whole("blocked"), GeminiReplies.blocked("SAFETY"))
                .on(whole("error-429"), GeminiReplies.errorWithRetryDelay(429, "Slow down", "34.07s"))
                .on("/v1beta/models/numbers:batchEmbedContents models/numbers", GeminiReplies.embeddings(VECTORS))
                .on("/v1beta/models?pageSize=2", GeminiReplies.modelsWithMore("next", "fake-1", "fake-2"))
                .on("/v1beta/models?pageSize=2&pageToken=next", GeminiReplies.models("fake-3"));
    }

    private static String whole(String model) {
        return "/v1beta/models/" + model + ":generateContent";
    }

    private static String streamed(String model) {
        return "/v1beta/models/" + model + ":streamGenerateContent?alt=sse";
    }
}
