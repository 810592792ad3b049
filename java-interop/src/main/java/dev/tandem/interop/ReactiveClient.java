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
import kotlinx.serialization.json.JsonObject;
import org.reactivestreams.Publisher;

/**
 * The client as Reactive Streams. Every publisher is cold: each subscription makes the call anew, its demand reaches
 * down to the connection, and cancelling it closes that. Items arrive on a thread of the SDK, where blocking calls are
 * refused.
 */
public final class ReactiveClient {
    private final AiClient core;

    ReactiveClient(AiClient core) {
        this.core = core;
    }

    /** The text of the answer. */
    public Publisher<String> generate(String prompt) {
        return generate(prompt, Options.NONE);
    }

    /** The text of the answer. */
    public Publisher<String> generate(String prompt, Options options) {
        return Bridge.publisher(k -> core.generate(prompt, options, k));
    }

    /** The whole answer. */
    public Publisher<ChatResponse> chat(ChatRequest request) {
        return Bridge.publisher(k -> core.chat(request, k));
    }

    /** The answer as it is made. */
    public Publisher<ChatEvent> stream(String prompt) {
        return stream(prompt, Options.NONE);
    }

    /** The answer as it is made. */
    public Publisher<ChatEvent> stream(String prompt, Options options) {
        return Bridge.publisher(core.stream(prompt, options));
    }

    /** The answer as it is made. */
    public Publisher<ChatEvent> stream(ChatRequest request) {
        return Bridge.publisher(core.stream(request));
    }

    /** The text of the answer as it is made. */
    public Publisher<String> streamText(String prompt) {
        return streamText(prompt, Options.NONE);
    }

    /** The text of the answer as it is made. */
    public Publisher<String> streamText(String prompt, Options options) {
        return Bridge.publisher(core.streamText(prompt, options));
    }

    /** The text of the answer as it is made. */
    public Publisher<String> streamText(ChatRequest request) {
        return Bridge.publisher(core.streamText(request));
    }

    /** One text as a vector. */
    public Publisher<Embedding> embed(String text) {
        return Bridge.publisher(k -> core.embed(text, k));
    }

    /** Texts as vectors, in the order of the texts. */
    public Publisher<List<Embedding>> embedMany(List<String> texts) {
        return Bridge.publisher(k -> core.embedMany(texts, k));
    }

    /** Texts as vectors, as one request with its usage. */
    public Publisher<EmbeddingResponse> embed(EmbeddingRequest request) {
        return Bridge.publisher(k -> core.embed(request, k));
    }

    /** What the provider offers. */
    public Publisher<List<ModelInfo>> models() {
        return Bridge.publisher(k -> core.models(k));
    }

    /** What the provider offers, page by page. */
    public Publisher<ModelInfo> listModels() {
        return Bridge.publisher(core.listModels());
    }

    /** A request of your own to the provider. */
    public Publisher<RawResponse> send(RawRequest request) {
        return Bridge.publisher(k -> core.send(request, k));
    }

    /** The items of a list at the provider, page by page. */
    public Publisher<JsonObject> list(String path) {
        return Bridge.publisher(core.list(path));
    }

    /** Does what makes the first call slow; costs no tokens. */
    public Publisher<Void> warmUp() {
        return Bridge.publisherDone(k -> core.warmUp(k));
    }
}
