package dev.tandem.interop;

import dev.tandem.AiClient;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Embedding;
import dev.tandem.model.EmbeddingRequest;
import dev.tandem.model.EmbeddingResponse;
import dev.tandem.model.ModelInfo;
import dev.tandem.model.Options;
import dev.tandem.model.RawRequest;
import dev.tandem.model.RawResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The client as futures. Cancelling one, letting it time out ({@code orTimeout}) or cancelling a stage derived from it
 * gives the call up, down to its connection. Stages run on a thread of the SDK unless you give an executor
 * ({@code thenApplyAsync(…, executor)}); a blocking call is refused there.
 */
public final class AsyncClient {
    private final AiClient core;

    AsyncClient(AiClient core) {
        this.core = core;
    }

    /** The text of the answer. */
    public CompletableFuture<String> generate(String prompt) {
        return generate(prompt, Options.NONE);
    }

    /** The text of the answer. */
    public CompletableFuture<String> generate(String prompt, Options options) {
        return Bridge.future(k -> core.generate(prompt, options, k));
    }

    /** The whole answer. */
    public CompletableFuture<ChatResponse> chat(ChatRequest request) {
        return Bridge.future(k -> core.chat(request, k));
    }

    /** The answer as it is made: done when {@code onEvent} has had all of it. It may block, and the next event waits for it. */
    public CompletableFuture<@Nullable Void> stream(String prompt, Consumer<? super ChatEvent> onEvent) {
        return stream(prompt, Options.NONE, onEvent);
    }

    /** The answer as it is made: done when {@code onEvent} has had all of it. It may block, and the next event waits for it. */
    public CompletableFuture<@Nullable Void> stream(
            String prompt, Options options, Consumer<? super ChatEvent> onEvent) {
        return Bridge.future(core.stream(prompt, options), onEvent);
    }

    /** The answer as it is made: done when {@code onEvent} has had all of it. It may block, and the next event waits for it. */
    public CompletableFuture<@Nullable Void> stream(ChatRequest request, Consumer<? super ChatEvent> onEvent) {
        return Bridge.future(core.stream(request), onEvent);
    }

    /** The text as it is made: done when {@code onText} has had all of it. It may block, and the next text waits for it. */
    public CompletableFuture<@Nullable Void> streamText(String prompt, Consumer<? super String> onText) {
        return streamText(prompt, Options.NONE, onText);
    }

    /** The text as it is made: done when {@code onText} has had all of it. It may block, and the next text waits for it. */
    public CompletableFuture<@Nullable Void> streamText(
            String prompt, Options options, Consumer<? super String> onText) {
        return Bridge.future(core.streamText(prompt, options), onText);
    }

    /** The text as it is made: done when {@code onText} has had all of it. It may block, and the next text waits for it. */
    public CompletableFuture<@Nullable Void> streamText(ChatRequest request, Consumer<? super String> onText) {
        return Bridge.future(core.streamText(request), onText);
    }

    /** One text as a vector. */
    public CompletableFuture<Embedding> embed(String text) {
        return Bridge.future(k -> core.embed(text, k));
    }

    /** Texts as vectors, in the order of the texts. */
    public CompletableFuture<List<Embedding>> embedMany(List<String> texts) {
        return Bridge.future(k -> core.embedMany(texts, k));
    }

    /** Texts as vectors, as one request with its usage. */
    public CompletableFuture<EmbeddingResponse> embed(EmbeddingRequest request) {
        return Bridge.future(k -> core.embed(request, k));
    }

    /** What the provider offers. */
    public CompletableFuture<List<ModelInfo>> models() {
        return Bridge.future(k -> core.models(k));
    }

    /** What the provider offers, page by page: done when {@code onModel} has had all of it. */
    public CompletableFuture<@Nullable Void> listModels(Consumer<? super ModelInfo> onModel) {
        return Bridge.future(core.listModels(), onModel);
    }

    /** A request of your own to the provider. */
    public CompletableFuture<RawResponse> send(RawRequest request) {
        return Bridge.future(k -> core.send(request, k));
    }

    /** The items of a list at the provider, page by page: done when {@code onItem} has had all of it. */
    public CompletableFuture<@Nullable Void> list(String path, Consumer<? super JsonObject> onItem) {
        return Bridge.future(core.list(path), onItem);
    }

    /** Does what makes the first call slow; costs no tokens. */
    public CompletableFuture<@Nullable Void> warmUp() {
        return Bridge.futureDone(k -> core.warmUp(k));
    }
}
