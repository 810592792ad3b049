package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.assertNotNullAnd;
import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Message;
import dev.tandem.model.ToolCall;
import dev.tandem.model.ToolDefinition;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools in a conversation: those that speak to it, and those that its caller runs. */
class ConversationToolsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    /** How a tool may speak to the conversation whose turn it is part of. */
    private enum Within {
        BLOCKING,
        BLOCKING_STREAM,
        FUTURE,
        STAGE,
        STAGE_OF_A_STREAM,
        REACTIVE;

        @Nullable
        Object speak(JavaConversation talk) {
            return switch (this) {
                case BLOCKING -> talk.blocking().say("Two");
                case BLOCKING_STREAM -> {
                    try (ChatStream stream = talk.blocking().stream("Two")) {
                        yield stream.response().getText();
                    }
                }
                case FUTURE -> talk.async().say("Two").join();
                case STAGE -> talk.async().say("Two");
                case STAGE_OF_A_STREAM -> talk.async().stream("Two", event -> {});
                case REACTIVE -> allOf(Collected.all(talk.reactive().say("Two")));
            };
        }

        private static List<String> allOf(Collected<String> collected) {
            try {
                return collected.toList();
            } catch (Exception e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private JavaConversation talkWith(Tool... tools) {
        return JavaConversation.builder(scene.ai).tools(List.of(tools)).build();
    }

    private static Tool speaking(AtomicReference<JavaConversation> talk, Within within) {
        return JavaTools.withTimeout(
                JavaTools.of(
                        "deep", "Speaks to its own conversation", () -> within.speak(assertNotNullAnd(talk.get()))),
                Duration.ofSeconds(Fixtures.PATIENCE_SECONDS));
    }

    private static void assertTold(JavaConversation talk) {
        String told = talk.getMessages().get(2).getText();
        assertTrue(told.contains("in the midst of a turn"), told);
        assertTrue(told.contains("fork()"), told);
    }

    @ParameterizedTest
    @EnumSource
    void aToolThatSpeaksToItsOwnConversationIsRefusedAndDoesNotWait(Within within) throws Exception {
        AtomicReference<JavaConversation> own = new AtomicReference<>();
        JavaConversation talk = talkWith(speaking(own, within));
        own.set(talk);
        ToolScene.script(scene, "deep", "{}");
        assertEquals("Done.", talk.blocking().say("One"));
        assertTold(talk);
        ToolScene.script(scene, "deep", "{}");
        JavaConversation other = talkWith(speaking(own, within));
        own.set(other);
        assertEquals("Done.", get(other.async().say("One")));
        assertTold(other);
        assertEquals(4, scene.server.getRequests().size());
    }

    @Test
    void aToolMaySpeakToAnother() {
        JavaConversation other = JavaConversation.of(scene.ai);
        JavaConversation talk = talkWith(
                JavaTools.of("deep", "Asks elsewhere", () -> other.blocking().say("Two")));
        scene.server.enqueue(
                OpenAiReplies.toolCall("call-1", "deep", "{}"),
                OpenAiReplies.chat("Elsewhere"),
                OpenAiReplies.chat("Done."));
        assertEquals("Done.", talk.blocking().say("One"));
        assertEquals("Elsewhere", talk.getMessages().get(2).getText());
    }

    @Test
    void whatComesAfterATurnIsNotWithinIt() throws Exception {
        scene.server.always(OpenAiReplies.chat("Hello"));
        JavaConversation talk = JavaConversation.of(scene.ai);
        CompletableFuture<String> second =
                talk.async().say("One").thenCompose(one -> talk.async().say("Two"));
        assertEquals("Hello", get(second));
        List<String> third = new ArrayList<>();
        scene.server.enqueue(OpenAiReplies.stream("Hel", "lo"));
        get(talk.async().streamText("Three", text -> {
            if (third.isEmpty()) third.add(talk.blocking().say("Four"));
        }));
        assertEquals(List.of("Hello"), third);
        assertEquals("Hello", talk.blocking().say("Five"));
        assertEquals(10, talk.getMessages().size());
    }

    @Test
    void resultsOfSeveralToolsGoTogetherInEachStyle() throws Exception {
        List<Message> begun = List.of(
                Message.user("How is it?"),
                Message.assistant("", List.of(new ToolCall("a", "sun", "{}"), new ToolCall("b", "rain", "{}")), ""));
        List<Message> results = List.of(Message.tool("a", "shining"), Message.tool("b", "none"));
        JavaConversation talk = JavaConversation.builder(scene.ai)
                .messages(begun)
                .tool(new ToolDefinition("sun", "Tells of the sun", ToolDefinition.NO_PARAMETERS))
                .build();
        assertInstanceOf(
                IllegalArgumentException.class, failureOf(() -> talk.blocking().chat(results.get(0))));
        Throwable error = failureOf(() -> get(talk.async().chat(results.subList(0, 1))));
        assertInstanceOf(IllegalArgumentException.class, error);
        assertTrue(String.valueOf(error.getMessage()).contains("b (rain)"), error.getMessage());
        assertFalse(String.valueOf(error.getMessage()).contains("a (sun)"), error.getMessage());
        assertEquals(List.of(), scene.server.getRequests());

        scene.server.enqueue(OpenAiReplies.chat("Fine"), OpenAiReplies.chat("Fine"), OpenAiReplies.chat("Fine"));
        List<ChatResponse> answers = new ArrayList<>();
        answers.add(talk.fork().blocking().chat(results));
        answers.add(get(talk.fork().async().chat(results)));
        answers.addAll(Collected.all(talk.fork().reactive().chat(results)).toList());
        scene.server.always(OpenAiReplies.stream("Fi", "ne"));
        try (ChatStream stream = talk.fork().blocking().stream(results)) {
            answers.add(stream.response());
        }
        List<ChatEvent> heard = new ArrayList<>();
        get(talk.fork().async().stream(results, heard::add));
        heard.addAll(Collected.all(talk.fork().reactive().stream(results)).toList());
        for (ChatEvent event : heard) {
            if (event instanceof ChatEvent.Completed completed) answers.add(completed.getResponse());
        }
        assertEquals(6, answers.size());
        for (ChatResponse answer : answers) assertEquals("Fine", answer.getText());
    }
}
