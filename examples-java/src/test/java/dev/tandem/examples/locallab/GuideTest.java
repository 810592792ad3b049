package dev.tandem.examples.locallab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.examples.Printed;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.LocalLabReplies;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recipes of docs/from-locallab.md. */
class GuideTest {
    private final FakeServer server = FakeServer.start().answering(LocalLabReplies.server());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void bothStylesSayTheSame() throws Exception {
        Printed.by(out -> BothStyles.run(LabChoice.at(server), out))
                .has(
                        "sync: HEALTHY, 1 card(s), fake-1\n  Echo: What is a coroutine?\n  [Echo: One?, Echo: Two?]",
                        "async: HEALTHY, 1 card(s), fake-1\n  Echo: What is a coroutine?\n  [Echo: One?, Echo: Two?]",
                        "at once: Echo: c");
    }

    @Test
    void streamsOfPromptsAndOfConversations() throws Exception {
        Printed.by(out -> Streams.run(LabChoice.at(server), out))
                .has(
                        "Echo: What is streaming? (sync, /generate)",
                        "Echo: What is streaming? (sync, /chat)",
                        "Echo: What is streaming? (async, /generate)",
                        "Echo: What is streaming? (async, /chat)",
                        "Echo: What is streaming? (reactive, /generate)");
        assertEquals(
                2,
                server.getRequests().stream()
                        .filter(request -> request.getPath().equals("/chat"))
                        .count());
    }

    @Test
    void chats() throws Exception {
        Printed.by(out -> Chats.run(LabChoice.at(server), out))
                .has(
                        "sync: Echo: What is a coroutine? (stop)",
                        "async: Echo: What is a coroutine?",
                        "said: Echo: And again?",
                        "5 messages are remembered");
    }

    @Test
    void resourceBlocks() throws Exception {
        Printed.by(out -> ResourceBlocks.run(LabChoice.at(server), out))
                .has(
                        "sync: Echo: Hello, HEALTHY",
                        "async: Echo: Hello again",
                        "the first piece is enough: Echo:",
                        "after the end: this client is closed: make a new one");
    }

    @Test
    void trapsThatAreGone() throws Exception {
        Printed.by(TrapsThatAreGone::run)
                .has(
                        "spaces and lines: The quick fox\njumps\n",
                        "a chat: The quick fox\n",
                        "the model fails: The | ServerException: locallab: CUDA out of memory",
                        "the connection is lost: The quick| IncompleteStreamException",
                        "locallab 422: body.temperature: too hot",
                        "silence in mid-stream: The | TimeLimitException",
                        "  sent 1 time(s)",
                        "a stream that nobody reads: sent 0 time(s)",
                        "unloaded: true");
    }

    @Test
    void playsAServerWhereThereIsNone() {
        try (LabChoice choice = LabChoice.from(Map.of("LOCALLAB_BASE_URL", " "))) {
            assertEquals(0, choice.provider().getBaseUrl().indexOf("http://127.0.0.1:"));
        }
    }
}
