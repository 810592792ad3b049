package dev.tandem.interop;

import dev.tandem.conversation.Conversation;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Message;
import dev.tandem.model.Options;
import dev.tandem.structured.AnswerType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A conversation as futures. What {@link Views#async} says of them holds here too. */
public final class AsyncConversation {
    private final Conversation core;

    AsyncConversation(Conversation core) {
        this.core = core;
    }

    /** The text of the answer. */
    public CompletableFuture<String> say(String text) {
        return say(text, Options.NONE);
    }

    /** The text of the answer. */
    public CompletableFuture<String> say(String text, Options options) {
        return Bridge.future(k -> core.say(text, options, k));
    }

    /** The answer to a message, which may be more than text. */
    public CompletableFuture<ChatResponse> chat(Message message) {
        return chat(message, Options.NONE);
    }

    /** The answer to a message, which may be more than text. */
    public CompletableFuture<ChatResponse> chat(Message message, Options options) {
        return Bridge.future(k -> core.chat(message, options, k));
    }

    /** The answer to all messages together, such as the results of several tools that are yours to run. */
    public CompletableFuture<ChatResponse> chat(List<Message> messages) {
        return chat(messages, Options.NONE);
    }

    /** The answer to all messages together, such as the results of several tools that are yours to run. */
    public CompletableFuture<ChatResponse> chat(List<Message> messages, Options options) {
        return Bridge.future(k -> core.chat(messages, options, k));
    }

    /** The answer as a value of a type; the class of one is enough. */
    public <T> CompletableFuture<T> extract(String text, Class<T> type) {
        return extract(text, JavaTypes.of(type));
    }

    /** The answer as a value of a type. */
    public <T> CompletableFuture<T> extract(String text, AnswerType<T> type) {
        return extract(text, type, Options.NONE);
    }

    /** The answer as a value of a type. */
    public <T> CompletableFuture<T> extract(String text, AnswerType<T> type, Options options) {
        return Bridge.future(k -> core.extract(text, type, options, k));
    }

    /** The answer as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> stream(String text, Consumer<? super ChatEvent> each) {
        return stream(text, Options.NONE, each);
    }

    /** The answer as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> stream(String text, Options options, Consumer<? super ChatEvent> each) {
        return Bridge.future(core.stream(text, options), each);
    }

    /** The answer as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> stream(Message message, Consumer<? super ChatEvent> each) {
        return stream(message, Options.NONE, each);
    }

    /** The answer as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> stream(
            Message message, Options options, Consumer<? super ChatEvent> each) {
        return Bridge.future(core.stream(message, options), each);
    }

    /** The answer to all messages together as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> stream(List<Message> messages, Consumer<? super ChatEvent> each) {
        return stream(messages, Options.NONE, each);
    }

    /** The answer to all messages together as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> stream(
            List<Message> messages, Options options, Consumer<? super ChatEvent> each) {
        return Bridge.future(core.stream(messages, options), each);
    }

    /** Only the text of the answer as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> streamText(String text, Consumer<? super String> each) {
        return streamText(text, Options.NONE, each);
    }

    /** Only the text of the answer as it is made. Done when {@code each} has had all of it. */
    public CompletableFuture<@Nullable Void> streamText(String text, Options options, Consumer<? super String> each) {
        return Bridge.future(core.streamText(text, options), each);
    }
}
