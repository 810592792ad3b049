package dev.tandem.examples.graphbit;

import dev.tandem.batch.BatchResult;
import dev.tandem.batch.BatchTask;
import dev.tandem.error.NotSupportedException;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatch;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Embedding;
import dev.tandem.model.FinishReason;
import dev.tandem.model.Message;
import dev.tandem.model.Options;
import dev.tandem.model.ResponseJson;
import dev.tandem.model.Usage;
import dev.tandem.platform.HealthReport;
import dev.tandem.platform.SystemInfo;
import dev.tandem.telemetry.Stats;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a client is asked. */
final class Calls {
    private final JavaAiClient ai;
    private final Shown shown;
    private final String prompt = "What is the capital of France?";
    private final Options options = CallOptions.builder()
            .maxTokens(200)
            .temperature(0.2)
            .promptCaching(true)
            .build();

    Calls(JavaAiClient ai, Shown shown) {
        this.ai = ai;
        this.shown = shown;
    }

    void run() {
        runtime();
        texts();
        wholeAnswers();
        conversation();
        manyPrompts();
        streams();
        statistics();
        try {
            vectors();
        } catch (NotSupportedException e) {
            shown.line("EmbeddingClient", e.getMessage());
        }
    }

    private void runtime() {
        shown.line("version", ai.version());
        SystemInfo system = ai.systemInfo();
        shown.line("get_system_info", system.getRuntime(), system.getCpuCount(), system.getUptimeMillis());
        HealthReport health = ai.healthCheck();
        shown.line("health_check", health.isHealthy(), health.getMemoryAvailableBytes());
        ai.blocking().warmUp();
    }

    private void texts() {
        String text = ai.blocking().generate(prompt, options);
        CompletableFuture<String> later = ai.async().generate(prompt, options);
        shown.line("complete", text, later.join());
    }

    private void wholeAnswers() {
        ChatResponse response = ai.blocking().chat(ChatRequest.of(prompt, options));
        CompletableFuture<ChatResponse> later = ai.async().chat(ChatRequest.of(prompt, options));
        shown.line("complete_full", response.getText(), response.getToolCalls(), later.join());
        shown.line("LlmResponse", response.getModel(), response.getId(), response.getMetadata());
        FinishReason reason = response.getFinishReason();
        shown.line("FinishReason", reason.isNatural(), reason.isTruncated(), reason.isError(), reason.getRaw());
        Usage usage = response.getUsage();
        shown.line("LlmUsage", usage.getInputTokens(), usage.getOutputTokens(), usage.getTotalTokens());
        shown.line("cached", usage.getCachedInputTokens(), usage.getCacheWriteInputTokens());
        shown.line("added", usage.plus(Usage.of(3, 2)).plus(Usage.NONE));
        ChatResponse made = ChatResponse.builder(Message.assistant("Hello!"))
                .usage(Usage.of(3, 2))
                .finishReason(FinishReason.STOP)
                .build();
        shown.line("to_dict", ResponseJson.of(made));
    }

    private void conversation() {
        ChatRequest talk = ChatRequest.builder()
                .system("Be brief")
                .user("Hello!")
                .assistant("Hello! How can I help you?")
                .user(prompt)
                .options(options)
                .build();
        shown.line("chat_optimized", ai.async().chat(talk).join().getText());
    }

    private void manyPrompts() {
        List<String> prompts = List.of(prompt, "", "What is the capital of Japan?");
        List<BatchResult<String, String>> results = JavaBatch.builder(ai, BatchTask.generate(options))
                .concurrency(10)
                .build()
                .async()
                .completeBatch(prompts)
                .join();
        for (BatchResult<String, String> result : results) {
            shown.line("complete_batch", result.getValueOrNull(), result.getErrorOrNull());
        }
    }

    private void streams() {
        StringBuilder said = new StringBuilder();
        ai.async().streamText(prompt, options, said::append).join();
        try (BlockingStream<String> pieces = ai.blocking().streamText(prompt, options)) {
            for (String piece : pieces) said.append(piece);
        }
        try (ChatStream stream = ai.blocking().stream(prompt, options)) {
            for (ChatEvent event : stream) said.append(event.getText());
            shown.line("streaming_response", stream.response().getText());
        }
        shown.line("stream", said);
    }

    private void statistics() {
        Stats stats = ai.stats();
        shown.line("get_stats", stats.getTotal(), stats.getSuccessful(), stats.getFailed(), stats.getSuccessRate());
        shown.line("and", stats.getAverageLatencyMillis(), stats.getCircuit(), stats.getUptimeMillis());
        ai.resetStats();
    }

    private void vectors() {
        List<String> texts = List.of("a text", "another one");
        shown.line("embed", ai.blocking().embed("a text").getVector().length);
        List<Embedding> vectors = ai.blocking().embedMany(texts);
        shown.line("embed_many", ai.async().embedMany(texts).join());
        shown.line("similarity", vectors.get(0).cosine(vectors.get(1)));
        List<BatchResult<List<String>, List<Embedding>>> parts = JavaBatch.builder(ai, BatchTask.embedMany())
                .concurrency(10)
                .build()
                .blocking()
                .completeBatch(List.of(texts, List.of("a third one", "the last one")));
        shown.line("embed_batch_parallel", parts);
    }
}
