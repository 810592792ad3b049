package dev.tandem.examples.graphbit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FromGraphBitTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "from-graphbit.md");
    private static final String PROVIDER = "LlmConfig: ";
    private static final float[] VECTOR = {1, 0};

    @Test
    void runsOnTheBundledModel() {
        String printed = run(JavaAiClient.builder(Llama.bundled()));
        for (String line : List.of(
                "complete: The capital of France is Paris.",
                "complete_batch: null, java.lang.IllegalArgumentException: prompt must not be blank",
                "complete_batch: The capital of Japan is Tokyo.",
                "streaming_response: The capital of France is Paris.",
                "EmbeddingClient: llama: embeddings cannot be used",
                "validate: CYCLE, these wait for each other: 'one' -> 'one'",
                "execute: true, false, COMPLETED, null",
                "get_variable: It is -4 degrees and snowy in Oslo.",
                "get_node_output: The capital of France is Paris.",
                "workflow_completed: WorkflowResult(greeting: COMPLETED",
                "NodeCompleted(route), NodeSkipped(long)",
                "get_execution_mode: LOW_LATENCY",
                "tool_calls: get_weather, {\"city\":\"Oslo\"}, -4 snowy, 1",
                "ToolResult: -4 snowy, false",
                "TextChunk: 0, 31, {headings=One}")) {
            assertTrue(printed.contains(line), () -> line + " is missing in\n" + printed);
        }
    }

    @Test
    void runsOnAServer() {
        try (FakeServer server =
                FakeServer.start().answering(request -> answer(request.getPath(), request.getBody()))) {
            String printed = run(JavaAiClient.builder(OpenAi.compatible(server.getUrl()))
                    .model("fake-1")
                    .embeddingModel("fake-2"));
            for (String line : List.of(
                    "complete: a b",
                    "embed: 2",
                    "similarity: 1.0",
                    "embed_batch_parallel: [Done(0), Done(1)]",
                    "get_variable: a b",
                    "llm_call: ",
                    "LlmToolCall: call-1, get_weather, {\"city\":\"Oslo\"}")) {
                assertTrue(printed.contains(line), () -> line + " is missing in\n" + printed);
            }
        }
    }

    @Test
    void thePageNamesTheModelsThatAreAsked() throws IOException {
        String page = Files.readString(PAGE);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new Providers(new Shown(new PrintStream(printed, true, StandardCharsets.UTF_8))).run();
        List<String> providers = printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(PROVIDER))
                .toList();
        assertFalse(providers.isEmpty());
        for (String provider : providers) {
            String model = provider.substring(provider.lastIndexOf(", ") + 2);
            assertTrue(page.contains(model), () -> provider + ": the page says otherwise");
        }
    }

    private static Reply answer(String path, String body) {
        if (path.endsWith("/models")) return OpenAiReplies.models("fake-1");
        if (path.endsWith("/embeddings")) {
            return body.contains("one\"]")
                    ? OpenAiReplies.embeddings(VECTOR, VECTOR)
                    : OpenAiReplies.embeddings(VECTOR);
        }
        boolean streams = body.contains("\"stream\":true");
        if (body.contains("\"tools\"") && !body.contains("\"role\":\"tool\"")) {
            String arguments = "{\"city\":\"Oslo\"}";
            return streams
                    ? OpenAiReplies.streamToolCall("call-1", "get_weather", arguments)
                    : OpenAiReplies.toolCall("call-1", "get_weather", arguments);
        }
        return streams ? OpenAiReplies.stream("a ", "b") : OpenAiReplies.chat("a b");
    }

    private static String run(JavaAiClient.Builder client) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (JavaAiClient ai = client.build()) {
            FromGraphBit.run(ai, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
