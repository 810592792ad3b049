package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.conversation.History;
import dev.tandem.error.ServerException;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.Message;
import dev.tandem.model.Options;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A conversation as Java holds it. */
class ConversationTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaConversation talk = JavaConversation.builder(scene.ai)
            .system("Be brief")
            .temperature(0.1)
            .build();

    @Test
    void eachStyleHearsWhatTheOthersSaid() throws Exception {
        server.always(OpenAiReplies.chat("Hello"));
        Options hot = Options.builder().temperature(0.9).build();
        assertEquals("Hello", talk.blocking().say("One"));
        assertEquals("Hello", get(talk.async().say("Two", hot)));
        assertEquals(
                List.of("Hello"), Collected.all(talk.reactive().say("Three")).toList());
        assertEquals("Hello", talk.blocking().chat(Message.user("Four"), hot).getText());
        String last = server.getRequests().get(3).getBody();
        for (String said : List.of("Be brief", "One", "Two", "Three", "Four", "0.9")) assertTrue(last.contains(said));
        assertEquals(9, talk.getMessages().size());
        assertEquals(20, talk.getUsage().getTotalTokens());
    }

    @Test
    void aReaderMaySpeakBeforeTheAnswerIsWhole() {
        CountDownLatch gate = new CountDownLatch(1);
        Reply whole = OpenAiReplies.stream("one", "two");
        server.enqueue(whole.pauseAt(whole.getSize() - 20, gate), OpenAiReplies.chat("inner"));
        List<String> heard = new ArrayList<>();
        assertTimeoutPreemptively(Duration.ofSeconds(PATIENCE_SECONDS), () -> {
            try (BlockingStream<String> texts = talk.blocking().streamText("One")) {
                for (String text : texts) {
                    gate.countDown();
                    if (text.equals("one")) heard.add(talk.blocking().say("Two"));
                }
            }
        });
        assertEquals(List.of("inner"), heard);
        assertEquals(5, talk.getMessages().size());
    }

    @Test
    void waitingForOthersTakesOfTheTimeout() {
        server.enqueue(Reply.silence());
        CompletableFuture<String> stuck = talk.async().say("One");
        server.awaitRequest();
        Options hasty = CallOptions.builder().timeout(Duration.ofMillis(50)).build();
        Throwable failure = failureOf(() -> talk.blocking().say("Two", hasty));
        assertEquals(
                "the turns before this one took all of the turn's timeout of 50ms (TOTAL timer)", failure.getMessage());
        stuck.cancel(true);
        server.enqueue(OpenAiReplies.chat("Hello"));
        assertEquals("Hello", talk.blocking().say("Three"));
    }

    @Test
    void whatWasSaidCannotBeChanged() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> talk.fork().getMessages().clear());
    }

    @Test
    void streamsAreTurns() throws Exception {
        server.always(OpenAiReplies.stream("Hel", "lo"));
        try (ChatStream stream = talk.blocking().stream("One")) {
            assertEquals("Hello", stream.response().getText());
        }
        try (BlockingStream<String> texts = talk.blocking().streamText("Two")) {
            assertEquals("Hello", texts.stream().collect(Collectors.joining()));
        }
        List<ChatEvent> heard = new ArrayList<>();
        get(talk.async().stream(Message.user("Three"), heard::add));
        assertTrue(heard.get(heard.size() - 1) instanceof ChatEvent.Completed);
        assertEquals(
                "Hello",
                String.join(
                        "", Collected.all(talk.reactive().streamText("Four")).toList()));
        assertEquals(9, talk.getMessages().size());
    }

    @Test
    void aStreamThatWasLeftIsForgotten() {
        server.enqueue(OpenAiReplies.streamThenHold("Hel"));
        try (ChatStream stream = talk.blocking().stream("One")) {
            assertEquals("Hel", stream.iterator().next().getText());
        }
        server.enqueue(OpenAiReplies.chat("Hello"));
        talk.blocking().say("Two");
        assertFalse(server.getRequests().get(1).getBody().contains("One"));
    }

    @Test
    void manyWhoSpeakAtOnceAreHeardInTurn() throws Exception {
        server.always(OpenAiReplies.chat("Hello"));
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) answers.add(talk.async().say("Number " + i));
        for (CompletableFuture<String> answer : answers) assertEquals("Hello", get(answer));
        assertEquals(41, talk.getMessages().size());
        for (int i = 1; i < 41; i += 2) {
            assertTrue(talk.getMessages().get(i).getText().startsWith("Number"));
            assertEquals("Hello", talk.getMessages().get(i + 1).getText());
        }
    }

    @Test
    void failuresLeaveNoTrace() {
        server.enqueue(OpenAiReplies.error(500, "broken", "server_error", null));
        assertThrows(ServerException.class, () -> talk.blocking().say("One"));
        assertEquals(1, talk.getMessages().size());
    }

    @Test
    void isForkedSavedAndRestored() {
        server.always(OpenAiReplies.chat("Hello"));
        talk.blocking().say("One");
        JavaConversation fork = talk.fork();
        fork.blocking().say("Two");
        assertEquals(3, talk.getMessages().size());
        JavaConversation again = JavaConversation.builder(scene.ai)
                .restore(fork.toJson())
                .history(History.lastMessages(2))
                .build();
        assertEquals(fork.getMessages(), again.getMessages());
        again.blocking().say("Three");
        assertEquals(
                List.of("Be brief", "Three", "Hello"),
                again.getMessages().stream().map(Message::getText).collect(Collectors.toList()));
        assertThrows(
                IllegalArgumentException.class,
                () -> JavaConversation.builder(scene.ai).restore("{}"));
    }
}
