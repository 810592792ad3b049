package dev.tandem.interop;

import dev.tandem.AiClient;
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

/**
 * The client as calls that return when they are done. Good on virtual threads too. An interrupt cancels the call and
 * comes out as {@link java.util.concurrent.CancellationException}, with the thread's interrupt flag set again.
 */
public final class BlockingClient {
    private final AiClient core;

    BlockingClient(AiClient core) {
        this.core = core;
    }

    /** The text of the answer. */
    public String generate(String prompt) {
        return generate(prompt, Options.NONE);
    }

    /** The text of the answer. */
    public String generate(String prompt, Options options) {
        return Bridge.block(k -> core.generate(prompt, options, k));
    }

    /** The whole answer. */
    public ChatResponse chat(ChatRequest request) {
        return Bridge.block(k -> core.chat(request, k));
    }

    /** The answer as it is made. Close it. */
    public ChatStream stream(String prompt) {
        return stream(prompt, Options.NONE);
    }

    /** The answer as it is made. Close it. */
    public ChatStream stream(String prompt, Options options) {
        return new ChatStream(new Pull<>(core.stream(prompt, options)));
    }

    /** The answer as it is made. Close it. */
    public ChatStream stream(ChatRequest request) {
        return new ChatStream(new Pull<>(core.stream(request)));
    }

    /** The text of the answer as it is made. Close it. */
    public BlockingStream<String> streamText(String prompt) {
        return streamText(prompt, Options.NONE);
    }

    /** The text of the answer as it is made. Close it. */
    public BlockingStream<String> streamText(String prompt, Options options) {
        return new BlockingStream<>(new Pull<>(core.streamText(prompt, options)));
    }

    /** The text of the answer as it is made. Close it. */
    public BlockingStream<String> streamText(ChatRequest request) {
        return new BlockingStream<>(new Pull<>(core.streamText(request)));
    }

    /** One text as a vector. */
    public Embedding embed(String text) {
        return Bridge.block(k -> core.embed(text, k));
    }

    /** Texts as vectors, in the order of the texts. */
    public List<Embedding> embedMany(List<String> texts) {
        return Bridge.block(k -> core.embedMany(texts, k));
    }

    /** Texts as vectors, as one request with its usage. */
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return Bridge.block(k -> core.embed(request, k));
    }

    /** What the provider offers. */
    public List<ModelInfo> models() {
        return Bridge.block(k -> core.models(k));
    }

    /** What the provider offers, page by page. Close it. */
    public BlockingStream<ModelInfo> listModels() {
        return new BlockingStream<>(new Pull<>(core.listModels()));
    }

    /** A request of your own to the provider. */
    public RawResponse send(RawRequest request) {
        return Bridge.block(k -> core.send(request, k));
    }

    /** The items of a list at the provider, page by page. Close it. */
    public BlockingStream<JsonObject> list(String path) {
        return new BlockingStream<>(new Pull<>(core.list(path)));
    }

    /** Does what makes the first call slow; costs no tokens. */
    public void warmUp() {
        Bridge.block(k -> core.warmUp(k));
    }
}
