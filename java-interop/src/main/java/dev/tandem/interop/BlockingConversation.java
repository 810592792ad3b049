package dev.tandem.interop;

import dev.tandem.conversation.Conversation;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Message;
import dev.tandem.model.Options;
import dev.tandem.structured.AnswerType;
import java.util.List;

/** A conversation as calls that return when they are done. What {@link BlockingClient} says holds here too. */
public final class BlockingConversation {
    private final Conversation core;

    BlockingConversation(Conversation core) {
        this.core = core;
    }

    /** The text of the answer. */
    public String say(String text) {
        return say(text, Options.NONE);
    }

    /** The text of the answer. */
    public String say(String text, Options options) {
        return Bridge.block(k -> core.say(text, options, k));
    }

    /** The answer to a message, which may be more than text. */
    public ChatResponse chat(Message message) {
        return chat(message, Options.NONE);
    }

    /** The answer to a message, which may be more than text. */
    public ChatResponse chat(Message message, Options options) {
        return Bridge.block(k -> core.chat(message, options, k));
    }

    /** The answer to all messages together, such as the results of several tools that are yours to run. */
    public ChatResponse chat(List<Message> messages) {
        return chat(messages, Options.NONE);
    }

    /** The answer to all messages together, such as the results of several tools that are yours to run. */
    public ChatResponse chat(List<Message> messages, Options options) {
        return Bridge.block(k -> core.chat(messages, options, k));
    }

    /** The answer as a value of a type; the class of one is enough. */
    public <T> T extract(String text, Class<T> type) {
        return extract(text, JavaTypes.of(type));
    }

    /** The answer as a value of a type. */
    public <T> T extract(String text, AnswerType<T> type) {
        return extract(text, type, Options.NONE);
    }

    /** The answer as a value of a type. */
    public <T> T extract(String text, AnswerType<T> type, Options options) {
        return Bridge.block(k -> core.extract(text, type, options, k));
    }

    /** The answer as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public ChatStream stream(String text) {
        return stream(text, Options.NONE);
    }

    /** The answer as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public ChatStream stream(String text, Options options) {
        return new ChatStream(new Pull<>(Bridge.apart(core.stream(text, options))));
    }

    /** The answer as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public ChatStream stream(Message message) {
        return stream(message, Options.NONE);
    }

    /** The answer as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public ChatStream stream(Message message, Options options) {
        return new ChatStream(new Pull<>(Bridge.apart(core.stream(message, options))));
    }

    /** The answer to all messages together as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public ChatStream stream(List<Message> messages) {
        return stream(messages, Options.NONE);
    }

    /** The answer to all messages together as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public ChatStream stream(List<Message> messages, Options options) {
        return new ChatStream(new Pull<>(Bridge.apart(core.stream(messages, options))));
    }

    /** Only the text of the answer as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public BlockingStream<String> streamText(String text) {
        return streamText(text, Options.NONE);
    }

    /** Only the text of the answer as it is made. Close it: a turn that is given up before its end leaves no trace. */
    public BlockingStream<String> streamText(String text, Options options) {
        return new BlockingStream<>(new Pull<>(Bridge.apart(core.streamText(text, options))));
    }
}
