package dev.tandem.bench.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.tandem.bench.BlockingCalls;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.NotOffered;
import dev.tandem.bench.Site;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Its models for OpenAI over its default HTTP client, the JDK's. */
public final class LangChain4j implements BlockingCalls, FutureStreams {
    private final Site site;
    private final OpenAiChatModel chat;
    private final OpenAiStreamingChatModel streaming;

    /** Made when it is first needed. */
    private OpenAiEmbeddingModel embeddings;

    public LangChain4j(Site site) {
        this.site = site;
        chat = OpenAiChatModel.builder()
                .baseUrl(site.baseUrl())
                .apiKey(Site.API_KEY)
                .modelName(site.model())
                .build();
        streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(site.baseUrl())
                .apiKey(Site.API_KEY)
                .modelName(site.model())
                .build();
    }

    @Override
    public String call(String prompt) {
        return chat.chat(prompt);
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        StreamHandler handler = new StreamHandler(onDelta);
        streaming.chat(prompt, handler);
        return handler.end();
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        if (encoding == Encoding.BASE64) throw new NotOffered("reads numbers only");
        if (embeddings == null) embeddings = embeddingModel(encoding);
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        return embeddings.embedAll(segments).content().stream()
                .mapToLong(embedding -> embedding.vector().length)
                .sum();
    }

    private OpenAiEmbeddingModel embeddingModel(Encoding encoding) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(site.baseUrl())
                .apiKey(Site.API_KEY)
                .modelName(site.model())
                .encodingFormat(encoding.wireName())
                .build();
    }
}
