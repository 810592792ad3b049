package dev.tandem.bench.simpleopenai;

import dev.tandem.bench.BlockingStreams;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureCalls;
import dev.tandem.bench.NotOffered;
import dev.tandem.bench.Site;
import io.github.sashirestela.openai.SimpleOpenAI;
import io.github.sashirestela.openai.domain.chat.Chat;
import io.github.sashirestela.openai.domain.chat.ChatMessage.UserMessage;
import io.github.sashirestela.openai.domain.chat.ChatRequest;
import io.github.sashirestela.openai.domain.embedding.EmbeddingRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Over its default HTTP client, the JDK's. A stream is a {@link Stream}, which a thread has to read. */
public final class SimpleOpenAi implements FutureCalls, BlockingStreams {
    private final Site site;
    private final SimpleOpenAI client;

    public SimpleOpenAi(Site site) {
        this.site = site;
        client = SimpleOpenAI.builder()
                .baseUrl(withoutVersion(site.baseUrl()))
                .apiKey(Site.API_KEY)
                .build();
    }

    @Override
    public CompletableFuture<String> call(String prompt) {
        return client.chatCompletions().create(request(prompt)).thenApply(Chat::firstContent);
    }

    @Override
    public void stream(String prompt, Consumer<String> onDelta) {
        try (Stream<Chat> chunks =
                client.chatCompletions().createStream(request(prompt)).join()) {
            chunks.filter(chunk -> !chunk.getChoices().isEmpty())
                    .map(Chat::firstContent)
                    .filter(text -> text != null)
                    .forEach(onDelta);
        }
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        if (encoding == Encoding.BASE64) throw new NotOffered("leaves the decoding of base64 to the program");
        EmbeddingRequest request =
                EmbeddingRequest.builder().model(site.model()).input(texts).build();
        return client.embeddings().create(request).join().getData().stream()
                .mapToLong(embedding -> embedding.getEmbedding().size())
                .sum();
    }

    private ChatRequest request(String prompt) {
        return ChatRequest.builder()
                .model(site.model())
                .message(UserMessage.of(prompt))
                .build();
    }

    /** It adds the version itself. */
    private static String withoutVersion(String baseUrl) {
        return baseUrl.substring(0, baseUrl.lastIndexOf("/v1"));
    }
}
