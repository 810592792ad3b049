package dev.tandem.bench.springai;

import dev.tandem.bench.BlockingCalls;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.Site;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

/** Its models for OpenAI without Spring's container. Keeps as many connections as there are calls at once. */
public final class SpringAi implements BlockingCalls, FutureStreams {
    private final Site site;
    private final OpenAiChatModel chat;

    /** Made when it is first needed. */
    private OpenAiEmbeddingModel embeddings;

    public SpringAi(Site site) {
        this.site = site;
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.baseUrl(site.baseUrl());
        options.apiKey(Site.API_KEY);
        options.model(site.model());
        chat = OpenAiChatModel.builder()
                .options(options.build())
                .httpClientBuilderCustomizer(http ->
                        http.maxIdleConnections(Math.max(site.atOnce(), 5)).keepAliveDuration(Duration.ofMinutes(5)))
                .build();
    }

    @Override
    public String call(String prompt) {
        return chat.call(new Prompt(prompt)).getResult().getOutput().getText();
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        return chat.stream(new Prompt(prompt))
                .doOnNext(response -> pass(response, onDelta))
                .then()
                .toFuture();
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        if (embeddings == null) embeddings = embeddingModel(encoding);
        return embeddings.call(new EmbeddingRequest(texts, embeddings.getOptions())).getResults().stream()
                .mapToLong(embedding -> embedding.getOutput().length)
                .sum();
    }

    private OpenAiEmbeddingModel embeddingModel(Encoding encoding) {
        OpenAiEmbeddingOptions.Builder options = OpenAiEmbeddingOptions.builder();
        options.baseUrl(site.baseUrl());
        options.apiKey(Site.API_KEY);
        options.model(site.model());
        options.encodingFormat(OpenAiEmbeddingOptions.EncodingFormat.valueOf(encoding.name()));
        return OpenAiEmbeddingModel.builder().options(options.build()).build();
    }

    private static void pass(ChatResponse response, Consumer<String> onDelta) {
        if (response.getResult() == null) return;
        String text = response.getResult().getOutput().getText();
        if (text != null) onDelta.accept(text);
    }
}
