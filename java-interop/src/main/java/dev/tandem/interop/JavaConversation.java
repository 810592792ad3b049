package dev.tandem.interop;

import dev.tandem.conversation.Conversation;
import dev.tandem.conversation.History;
import dev.tandem.model.Message;
import dev.tandem.model.OptionsBuilder;
import dev.tandem.model.Usage;
import java.util.List;

/**
 * A talk with a model, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()} offer the same
 * operations. What {@link Conversation} says holds here too: turns are taken one at a time, and one that fails leaves no trace.
 */
public final class JavaConversation
        extends Views<Conversation, BlockingConversation, AsyncConversation, ReactiveConversation> {
    private JavaConversation(Conversation core) {
        super(core, new BlockingConversation(core), new AsyncConversation(core), new ReactiveConversation(core));
    }

    /** One that begins with nothing, and keeps all. */
    public static JavaConversation of(JavaAiClient client) {
        return builder(client).build();
    }

    /** The views of what Kotlin code made. */
    public static JavaConversation of(Conversation core) {
        return new JavaConversation(core);
    }

    /** What a conversation begins with. */
    public static Builder builder(JavaAiClient client) {
        return new Builder(Conversation.builder(client.core()));
    }

    /** All that the model is told with the next turn. A turn under way is not in it yet. */
    public List<Message> getMessages() {
        return core().getMessages();
    }

    /** What all turns have used, with summaries and tools. */
    public Usage getUsage() {
        return core().getUsage();
    }

    /** Another conversation that goes on from here: neither hears of the other any more. */
    public JavaConversation fork() {
        return of(core().fork());
    }

    /** All of it as JSON, for {@link Builder#restore}. It is as secret as what was said. */
    public String toJson() {
        return core().toJson();
    }

    /** What a conversation begins with. The options set here hold for each of its turns. */
    public static final class Builder extends OptionsBuilder<Builder> {
        private final Conversation.Builder core;

        private Builder(Conversation.Builder core) {
            this.core = core;
        }

        /** What the model is told before all else. */
        public Builder system(String text) {
            core.system(text);
            return this;
        }

        /** What has been said already. */
        public Builder messages(List<Message> messages) {
            core.messages(messages);
            return this;
        }

        /** What is kept of it when it gets long. */
        public Builder history(History history) {
            core.history(history);
            return this;
        }

        /** Goes on where {@link JavaConversation#toJson} was written. */
        public Builder restore(String json) {
            core.restore(json);
            return this;
        }

        /** The conversation. Nothing is sent before something is said. */
        public JavaConversation build() {
            return of(core.options(toOptions()).build());
        }
    }
}
