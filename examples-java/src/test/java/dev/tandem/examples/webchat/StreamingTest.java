package dev.tandem.examples.webchat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.concurrent.CountDownLatch;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamingTest {
    private final Scene scene;

    StreamingTest() throws Exception {
        scene = new Scene(Scene.SMALL);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aPieceIsReadBeforeTheNextIsMade() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        int first = OpenAiReplies.streamThenHold("One").getSize();
        scene.model.enqueue(OpenAiReplies.stream("One", ", two", ", three.").pauseAt(first, gate));
        try (Reading reading = scene.ask(scene.open(), "Count.")) {
            assertEquals("One", reading.piece());
            gate.countDown();
            assertEquals(", two", reading.piece());
            assertEquals(", three.", reading.piece());
            assertEquals("complete", Scene.textOf(reading.end(), "end"));
        }
    }

    @Test
    void stopEndsTheCallOfAModelThatFellSilent() throws Exception {
        scene.model.enqueue(OpenAiReplies.streamThenHold("One"));
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, "Count.")) {
            assertEquals("One", reading.piece());
            assertEquals(204, scene.post(chat + "/stop", "").statusCode());
            scene.model.awaitHangUp();
            assertStopped("One", chat, reading.end());
        }
    }

    @Test
    void stopEndsTheCallOfAModelThatSaysNothingAtAll() throws Exception {
        scene.model.enqueue(Reply.silence());
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, "Count.")) {
            scene.model.awaitRequest();
            scene.post(chat + "/stop", "");
            scene.model.awaitHangUp();
            assertStopped("", chat, reading.end());
        }
    }

    @Test
    void aBrowserThatGoesAwayEndsTheCallOfASilentModelToo() throws Exception {
        scene.model.enqueue(OpenAiReplies.streamThenHold("One"));
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, "Count.")) {
            assertEquals("One", reading.piece());
        }
        scene.model.awaitHangUp();
        assertEquals("One", Scene.textOf(scene.turns(chat).get(0), "answer"));
    }

    @Test
    void theEndOfTheServerEndsAllCalls() throws Exception {
        scene.model.enqueue(OpenAiReplies.streamThenHold("One"));
        try (Reading reading = scene.ask(scene.open(), "Count.")) {
            assertEquals("One", reading.piece());
            scene.web.close();
            scene.model.awaitHangUp();
        }
    }

    @Test
    void stoppingWhatIsNotUnderWayDoesNothing() throws Exception {
        scene.model.always(OpenAiReplies.stream("One"));
        String chat = scene.open();
        assertEquals(204, scene.post(chat + "/stop", "").statusCode());
        scene.asked(chat, "Count.");
        assertEquals(204, scene.post(chat + "/stop", "").statusCode());
        assertEquals("complete", Scene.textOf(scene.turns(chat).get(0), "end"));
    }

    private void assertStopped(String answer, String chat, JsonObject end) throws Exception {
        assertEquals("stopped", Scene.textOf(end, "end"));
        JsonObject turn = scene.turns(chat).get(0);
        assertEquals("stopped", Scene.textOf(turn, "end"));
        assertEquals("Stopped.", Scene.textOf(turn, "note"));
        assertEquals(answer, Scene.textOf(turn, "answer"));
    }
}
