package dev.tandem.interop;

import dev.tandem.AiClient;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.model.ChatEvent;
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

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> Publisher<T> extract(String prompt, AnswerType<? extends T> type) {
        return extract(prompt, type, Options.NONE);
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> Publisher<T> extract(String prompt, AnswerType<? extends T> type, Options options) {
        return Bridge.publisher(k -> core.<T>extract(prompt, type, options, k));
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> Publisher<T> extract(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.publisher(k -> core.<T>extract(request, type, k));
    }

    /** The answer as a value of a record or class, see {@link JavaTypes}. */
    public <T> Publisher<T> extract(String prompt, Class<T> type) {
        return extract(prompt, JavaTypes.of(type));
    }

    /** The answer as a value of a record or class. */
    public <T> Publisher<T> extract(String prompt, Class<T> type, Options options) {
        return extract(prompt, JavaTypes.of(type), options);
    }

    /** The answer as a value of a record or class. */
    public <T> Publisher<T> extract(ChatRequest request, Class<T> type) {
        return extract(request, JavaTypes.of(type));
    }

    /** The answer as a value of {@code type}, with the response and its usage. */
    public <T> Publisher<Extracted<T>> extractWhole(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.publisher(k -> core.<T>extractWhole(request, type, k));
    }

    /** The answer as a value of a record or class, with the response and its usage. */
    public <T> Publisher<Extracted<T>> extractWhole(ChatRequest request, Class<T> type) {
        return extractWhole(request, JavaTypes.of(type));
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. */
    public <T> Publisher<ObjectEvent<T>> streamObject(String prompt, AnswerType<? extends T> type) {
        return streamObject(prompt, type, Options.NONE);
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. */
    public <T> Publisher<ObjectEvent<T>> streamObject(String prompt, AnswerType<? extends T> type, Options options) {
        return Bridge.publisher(core.<T>streamObject(prompt, type, options));
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. */
    public <T> Publisher<ObjectEvent<T>> streamObject(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.publisher(core.<T>streamObject(request, type));
    }

    /** The answer as a value of a record or class while it is made. */
    public <T> Publisher<ObjectEvent<T>> streamObject(String prompt, Class<T> type) {
        return streamObject(prompt, JavaTypes.of(type));
    }

    /** The answer as a value of a record or class while it is made. */
    public <T> Publisher<ObjectEvent<T>> streamObject(String prompt, Class<T> type, Options options) {
        return streamObject(prompt, JavaTypes.of(type), options);
    }

    /** The answer as a value of a record or class while it is made. */
    public <T> Publisher<ObjectEvent<T>> streamObject(ChatRequest request, Class<T> type) {
        return streamObject(request, JavaTypes.of(type));
    }

    /** One text as a vector. */
    public Publisher<Embedding> embed(String text) {
        return embed(text, Options.NONE);
    }

    /** One text as a vector. */
    public Publisher<Embedding> embed(String text, Options options) {
        return Bridge.publisher(k -> core.embed(text, options, k));
    }

    /** Texts as vectors, in the order of the texts. */
    public Publisher<List<Embedding>> embedMany(List<String> texts) {
        return embedMany(texts, Options.NONE);
    }

    /** Texts as vectors, in the order of the texts. */
    public Publisher<List<Embedding>> embedMany(List<String> texts, Options options) {
        return Bridge.publisher(k -> core.embedMany(texts, options, k));
    }

    /** Texts as vectors, in the order of the texts, with what all of them used. */
    public Publisher<EmbeddingResponse> embed(EmbeddingRequest request) {
        return Bridge.publisher(k -> core.embed(request, k));
    }

    /** A picture of what the prompt says. */
    public Publisher<ImageResponse> generateImage(String prompt) {
        return Bridge.publisher(k -> core.generateImage(prompt, k));
    }

    /** Pictures to be made. */
    public Publisher<ImageResponse> generateImage(ImageRequest request) {
        return Bridge.publisher(k -> core.generateImage(request, k));
    }

    /** A text as it sounds. */
    public Publisher<Speech> speak(SpeechRequest request) {
        return Bridge.publisher(k -> core.speak(request, k));
    }

    /** A text as it sounds, while it is made. */
    public Publisher<byte[]> streamSpeech(SpeechRequest request) {
        return Bridge.publisher(core.streamSpeech(request));
    }

    /** What was said in a recording. */
    public Publisher<Transcription> transcribe(TranscriptionRequest request) {
        return Bridge.publisher(k -> core.transcribe(request, k));
    }

    /** What nobody should read in texts, text by text. */
    public Publisher<Moderation> moderate(List<String> texts) {
        return Bridge.publisher(k -> core.moderate(texts, k));
    }

    /** What nobody should read or see. */
    public Publisher<Moderation> moderate(ModerationRequest request) {
        return Bridge.publisher(k -> core.moderate(request, k));
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

    /** What {@code chat} would send, for whoever brings it to the provider by another way. Sends nothing. */
    public Publisher<RawRequest> write(ChatRequest request) {
        return Bridge.publisher(k -> core.write(request, k));
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
