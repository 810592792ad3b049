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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The client as futures. What {@link Views#async} says of them holds for each. */
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

    /** The answer as it is made: done when {@code sink} has had all of it. It may block, and the next event waits for it. */
    public CompletableFuture<@Nullable Void> stream(String prompt, Consumer<? super ChatEvent> sink) {
        return stream(prompt, Options.NONE, sink);
    }

    /** The answer as it is made: done when {@code sink} has had all of it. It may block, and the next event waits for it. */
    public CompletableFuture<@Nullable Void> stream(String prompt, Options options, Consumer<? super ChatEvent> sink) {
        return Bridge.future(core.stream(prompt, options), sink);
    }

    /** The answer as it is made: done when {@code sink} has had all of it. It may block, and the next event waits for it. */
    public CompletableFuture<@Nullable Void> stream(ChatRequest request, Consumer<? super ChatEvent> sink) {
        return Bridge.future(core.stream(request), sink);
    }

    /** The text as it is made: done when {@code sink} has had all of it. It may block, and the next text waits for it. */
    public CompletableFuture<@Nullable Void> streamText(String prompt, Consumer<? super String> sink) {
        return streamText(prompt, Options.NONE, sink);
    }

    /** The text as it is made: done when {@code sink} has had all of it. It may block, and the next text waits for it. */
    public CompletableFuture<@Nullable Void> streamText(String prompt, Options options, Consumer<? super String> sink) {
        return Bridge.future(core.streamText(prompt, options), sink);
    }

    /** The text as it is made: done when {@code sink} has had all of it. It may block, and the next text waits for it. */
    public CompletableFuture<@Nullable Void> streamText(ChatRequest request, Consumer<? super String> sink) {
        return Bridge.future(core.streamText(request), sink);
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> CompletableFuture<T> extract(String prompt, AnswerType<? extends T> type) {
        return extract(prompt, type, Options.NONE);
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> CompletableFuture<T> extract(String prompt, AnswerType<? extends T> type, Options options) {
        return Bridge.future(k -> core.<T>extract(prompt, type, options, k));
    }

    /** The answer as a value of {@code type}; one that does not fit is sent back to the model with what is wrong. */
    public <T> CompletableFuture<T> extract(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.future(k -> core.<T>extract(request, type, k));
    }

    /** The answer as a value of a record or class, see {@link JavaTypes}. */
    public <T> CompletableFuture<T> extract(String prompt, Class<T> type) {
        return extract(prompt, JavaTypes.of(type));
    }

    /** The answer as a value of a record or class, see {@link JavaTypes}. */
    public <T> CompletableFuture<T> extract(String prompt, Class<T> type, Options options) {
        return extract(prompt, JavaTypes.of(type), options);
    }

    /** The answer as a value of a record or class, see {@link JavaTypes}. */
    public <T> CompletableFuture<T> extract(ChatRequest request, Class<T> type) {
        return extract(request, JavaTypes.of(type));
    }

    /** The answer as a value of {@code type}, with the response and its usage. */
    public <T> CompletableFuture<Extracted<T>> extractWhole(ChatRequest request, AnswerType<? extends T> type) {
        return Bridge.future(k -> core.<T>extractWhole(request, type, k));
    }

    /** The answer as a value of a record or class, with the response and its usage. */
    public <T> CompletableFuture<Extracted<T>> extractWhole(ChatRequest request, Class<T> type) {
        return extractWhole(request, JavaTypes.of(type));
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. Done when {@code sink} has had all of it. */
    public <T> CompletableFuture<@Nullable Void> streamObject(
            String prompt, AnswerType<? extends T> type, Consumer<? super ObjectEvent<T>> sink) {
        return streamObject(prompt, type, Options.NONE, sink);
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. Done when {@code sink} has had all of it. */
    public <T> CompletableFuture<@Nullable Void> streamObject(
            String prompt, AnswerType<? extends T> type, Options options, Consumer<? super ObjectEvent<T>> sink) {
        return Bridge.future(core.<T>streamObject(prompt, type, options), sink);
    }

    /** The answer as a value of {@code type} while it is made; it is not repaired. Done when {@code sink} has had all of it. */
    public <T> CompletableFuture<@Nullable Void> streamObject(
            ChatRequest request, AnswerType<? extends T> type, Consumer<? super ObjectEvent<T>> sink) {
        return Bridge.future(core.<T>streamObject(request, type), sink);
    }

    /** The answer as a value of a record or class while it is made. Done when {@code sink} has had all of it. */
    public <T> CompletableFuture<@Nullable Void> streamObject(
            String prompt, Class<T> type, Consumer<? super ObjectEvent<T>> sink) {
        return streamObject(prompt, JavaTypes.of(type), sink);
    }

    /** The answer as a value of a record or class while it is made. Done when {@code sink} has had all of it. */
    public <T> CompletableFuture<@Nullable Void> streamObject(
            String prompt, Class<T> type, Options options, Consumer<? super ObjectEvent<T>> sink) {
        return streamObject(prompt, JavaTypes.of(type), options, sink);
    }

    /** The answer as a value of a record or class while it is made. Done when {@code sink} has had all of it. */
    public <T> CompletableFuture<@Nullable Void> streamObject(
            ChatRequest request, Class<T> type, Consumer<? super ObjectEvent<T>> sink) {
        return streamObject(request, JavaTypes.of(type), sink);
    }

    /** One text as a vector. */
    public CompletableFuture<Embedding> embed(String text) {
        return embed(text, Options.NONE);
    }

    /** One text as a vector. */
    public CompletableFuture<Embedding> embed(String text, Options options) {
        return Bridge.future(k -> core.embed(text, options, k));
    }

    /** Texts as vectors, in the order of the texts. */
    public CompletableFuture<List<Embedding>> embedMany(List<String> texts) {
        return embedMany(texts, Options.NONE);
    }

    /** Texts as vectors, in the order of the texts. */
    public CompletableFuture<List<Embedding>> embedMany(List<String> texts, Options options) {
        return Bridge.future(k -> core.embedMany(texts, options, k));
    }

    /** Texts as vectors, in the order of the texts, with what all of them used. */
    public CompletableFuture<EmbeddingResponse> embed(EmbeddingRequest request) {
        return Bridge.future(k -> core.embed(request, k));
    }

    /** A picture of what the prompt says. */
    public CompletableFuture<ImageResponse> generateImage(String prompt) {
        return Bridge.future(k -> core.generateImage(prompt, k));
    }

    /** Pictures to be made. */
    public CompletableFuture<ImageResponse> generateImage(ImageRequest request) {
        return Bridge.future(k -> core.generateImage(request, k));
    }

    /** A text as it sounds. */
    public CompletableFuture<Speech> speak(SpeechRequest request) {
        return Bridge.future(k -> core.speak(request, k));
    }

    /** A text as it sounds, while it is made: done when {@code sink} has had all of it. It may block, and the next bytes wait for it. */
    public CompletableFuture<@Nullable Void> streamSpeech(SpeechRequest request, Consumer<? super byte[]> sink) {
        return Bridge.future(core.streamSpeech(request), sink);
    }

    /** What was said in a recording. */
    public CompletableFuture<Transcription> transcribe(TranscriptionRequest request) {
        return Bridge.future(k -> core.transcribe(request, k));
    }

    /** What nobody should read in texts, text by text. */
    public CompletableFuture<Moderation> moderate(List<String> texts) {
        return Bridge.future(k -> core.moderate(texts, k));
    }

    /** What nobody should read or see. */
    public CompletableFuture<Moderation> moderate(ModerationRequest request) {
        return Bridge.future(k -> core.moderate(request, k));
    }

    /** What the provider offers. */
    public CompletableFuture<List<ModelInfo>> models() {
        return Bridge.future(k -> core.models(k));
    }

    /** What the provider offers, page by page: done when {@code sink} has had all of it. */
    public CompletableFuture<@Nullable Void> listModels(Consumer<? super ModelInfo> sink) {
        return Bridge.future(core.listModels(), sink);
    }

    /** A request of your own to the provider. */
    public CompletableFuture<RawResponse> send(RawRequest request) {
        return Bridge.future(k -> core.send(request, k));
    }

    /** What {@code chat} would send, for whoever brings it to the provider by another way. Sends nothing. */
    public CompletableFuture<RawRequest> write(ChatRequest request) {
        return Bridge.future(k -> core.write(request, k));
    }

    /** The items of a list at the provider, page by page: done when {@code sink} has had all of it. */
    public CompletableFuture<@Nullable Void> list(String path, Consumer<? super JsonObject> sink) {
        return Bridge.future(core.list(path), sink);
    }

    /** Does what makes the first call slow; costs no tokens. */
    public CompletableFuture<@Nullable Void> warmUp() {
        return Bridge.futureDone(k -> core.warmUp(k));
    }
}
