package dev.tandem.interop;

import dev.tandem.AiClient;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Embedding;
import dev.tandem.model.EmbeddingRequest;
import dev.tandem.model.EmbeddingResponse;
import dev.tandem.model.ImageRequest;
import dev.tandem.model.ImageResponse;
import dev.tandem.model.ModelInfo;
import dev.tandem.model.Moderation;
import dev.tandem.model.ModerationRequest;
import dev.tandem.model.Options;
import dev.tandem.model.RawRequest;
import dev.tandem.model.RawResponse;
import dev.tandem.model.Speech;
import dev.tandem.model.SpeechRequest;
import dev.tandem.model.Transcription;
import dev.tandem.model.TranscriptionRequest;
import dev.tandem.structured.AnswerType;
import dev.tandem.structured.Extracted;
import dev.tandem.structured.ObjectEvent;
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

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> T extract(String prompt, AnswerType<? extends T> type) {
        return extract(prompt, type, Options.NONE);
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> T extract(String prompt, AnswerType<? extends T> type, Options options) {
        return Bridge.block(k -> core.<T>extract(prompt, type, options, k));
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> T extract(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.block(k -> core.<T>extract(request, type, k));
    }

    /** The answer as a value of a record or class, see {@link JavaTypes}. */
    public <T> T extract(String prompt, Class<T> type) {
        return extract(prompt, JavaTypes.of(type));
    }

    /** The answer as a value of a record or class. */
    public <T> T extract(String prompt, Class<T> type, Options options) {
        return extract(prompt, JavaTypes.of(type), options);
    }

    /** The answer as a value of a record or class. */
    public <T> T extract(ChatRequest request, Class<T> type) {
        return extract(request, JavaTypes.of(type));
    }

    /** The answer as a value of {@code type}, with the response and its usage. */
    public <T> Extracted<T> extractWhole(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.block(k -> core.<T>extractWhole(request, type, k));
    }

    /** The answer as a value of a record or class, with the response and its usage. */
    public <T> Extracted<T> extractWhole(ChatRequest request, Class<T> type) {
        return extractWhole(request, JavaTypes.of(type));
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. Close it. */
    public <T> BlockingStream<ObjectEvent<T>> streamObject(String prompt, AnswerType<? extends T> type) {
        return streamObject(prompt, type, Options.NONE);
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. Close it. */
    public <T> BlockingStream<ObjectEvent<T>> streamObject(
            String prompt, AnswerType<? extends T> type, Options options) {
        return new BlockingStream<>(new Pull<>(core.<T>streamObject(prompt, type, options)));
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. Close it. */
    public <T> BlockingStream<ObjectEvent<T>> streamObject(ChatRequest request, AnswerType<? extends T> type) {
        return new BlockingStream<>(new Pull<>(core.<T>streamObject(request, type)));
    }

    /** The answer as a value of a record or class while it is made. Close it. */
    public <T> BlockingStream<ObjectEvent<T>> streamObject(String prompt, Class<T> type) {
        return streamObject(prompt, JavaTypes.of(type));
    }

    /** The answer as a value of a record or class while it is made. Close it. */
    public <T> BlockingStream<ObjectEvent<T>> streamObject(String prompt, Class<T> type, Options options) {
        return streamObject(prompt, JavaTypes.of(type), options);
    }

    /** The answer as a value of a record or class while it is made. Close it. */
    public <T> BlockingStream<ObjectEvent<T>> streamObject(ChatRequest request, Class<T> type) {
        return streamObject(request, JavaTypes.of(type));
    }

    /** One text as a vector. */
    public Embedding embed(String text) {
        return embed(text, Options.NONE);
    }

    /** One text as a vector. */
    public Embedding embed(String text, Options options) {
        return Bridge.block(k -> core.embed(text, options, k));
    }

    /** Texts as vectors, in the order of the texts. */
    public List<Embedding> embedMany(List<String> texts) {
        return embedMany(texts, Options.NONE);
    }

    /** Texts as vectors, in the order of the texts. */
    public List<Embedding> embedMany(List<String> texts, Options options) {
        return Bridge.block(k -> core.embedMany(texts, options, k));
    }

    /** Texts as vectors, in the order of the texts, with what all of them used. */
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return Bridge.block(k -> core.embed(request, k));
    }

    /** A picture of what the prompt says. */
    public ImageResponse generateImage(String prompt) {
        return Bridge.block(k -> core.generateImage(prompt, k));
    }

    /** Pictures to be made. */
    public ImageResponse generateImage(ImageRequest request) {
        return Bridge.block(k -> core.generateImage(request, k));
    }

    /** A text as it sounds. */
    public Speech speak(SpeechRequest request) {
        return Bridge.block(k -> core.speak(request, k));
    }

    /** A text as it sounds, while it is made. Close it. */
    public BlockingStream<byte[]> streamSpeech(SpeechRequest request) {
        return new BlockingStream<>(new Pull<>(core.streamSpeech(request)));
    }

    /** What was said in a recording. */
    public Transcription transcribe(TranscriptionRequest request) {
        return Bridge.block(k -> core.transcribe(request, k));
    }

    /** What nobody should read in texts, text by text. */
    public Moderation moderate(List<String> texts) {
        return Bridge.block(k -> core.moderate(texts, k));
    }

    /** What nobody should read or see. */
    public Moderation moderate(ModerationRequest request) {
        return Bridge.block(k -> core.moderate(request, k));
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

    /** What {@code chat} would send, for whoever brings it to the provider by another way. Sends nothing. */
    public RawRequest write(ChatRequest request) {
        return Bridge.block(k -> core.write(request, k));
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
