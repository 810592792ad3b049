package dev.tandem.examples.webchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HistoryTest {
    private final Scene scene;

    HistoryTest() throws Exception {
        scene = new Scene(Scene.SMALL);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aReloadShowsWhatWasSaidAndTheModelIsToldAgain() throws Exception {
        scene.model.enqueue(OpenAiReplies.stream("Hello, ", "Ann."), OpenAiReplies.stream("Ann."));
        String chat = scene.open();
        scene.asked(chat, "I am Ann.");
        scene.asked(chat, "Who am I?");
        assertEquals(List.of("I am Ann.", "Who am I?"), fields(chat, "question"));
        assertEquals(List.of("Hello, Ann.", "Ann."), fields(chat, "answer"));
        assertTells(1, "I am Ann.", "Hello, Ann.", "Who am I?");
    }

    @Test
    void aReloadInMidAnswerShowsWhatHasComeAndThatItIsNotOver() throws Exception {
        scene.model.enqueue(OpenAiReplies.streamThenHold("One"));
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, "Count.")) {
            reading.piece();
            assertEquals(List.of("One"), fields(chat, "answer"));
            assertEquals(List.of("answering"), fields(chat, "end"));
        }
    }

    @Test
    void theModelIsToldWhatItSaidUntilItWasStoppedAndNothingOfFailures() throws Exception {
        scene.model.enqueue(
                OpenAiReplies.streamWithoutEnd("One, "), Reply.error(500, "{}"), OpenAiReplies.stream("three."));
        String chat = scene.open();
        assertEquals("The answer broke off: ask again.", Scene.textOf(scene.asked(chat, "Count."), "note"));
        scene.asked(chat, "Lost.");
        scene.asked(chat, "Go on.");
        assertTells(2, "Count.", "One, ", "Go on.");
        assertFalse(scene.model.getRequests().get(2).getBody().contains("Lost."));
        assertEquals(List.of("failed", "failed", "complete"), fields(chat, "end"));
    }

    @Test
    void whatGotTooLongForTheModelIsNotSentAgain() throws Exception {
        scene.model.enqueue(
                OpenAiReplies.stream("One."),
                OpenAiReplies.error(400, "too long", "invalid_request_error", "context_length_exceeded"),
                OpenAiReplies.stream("Three."));
        String chat = scene.open();
        scene.asked(chat, "First.");
        assertEquals("forgotten", Scene.textOf(scene.asked(chat, "Second."), "end"));
        scene.asked(chat, "Third.");
        assertFalse(scene.model.getRequests().get(2).getBody().contains("First."));
    }

    @Test
    void aChatShowsItsLastTurnsAndTellsTheLastOfThem() throws Exception {
        scene.model.always(OpenAiReplies.stream("Yes."));
        String chat = scene.open();
        for (int n = 1; n <= 6; n++) scene.asked(chat, "Question " + n);
        assertEquals(List.of("Question 3", "Question 4", "Question 5", "Question 6"), fields(chat, "question"));
        assertTells(5, "Question 4", "Yes.", "Question 5", "Yes.", "Question 6");
    }

    @Test
    void anAnswerThatIsTooLongIsCut() throws Exception {
        scene.model.enqueue(OpenAiReplies.streamThenHold("x".repeat(600), "y".repeat(600), "z"));
        String chat = scene.open();
        assertEquals("cut", Scene.textOf(scene.asked(chat, "Go on."), "end"));
        scene.model.awaitHangUp();
        assertEquals(1_200, Scene.textOf(scene.turns(chat).get(0), "answer").length());
    }

    @Test
    void theChatThatWasQuietLongestIsForgottenForANewOne() throws Exception {
        String first = scene.open();
        String second = scene.open();
        scene.open();
        scene.turns(first);
        scene.open();
        assertEquals(404, scene.get(second).statusCode());
        assertEquals(200, scene.get(first).statusCode());
    }

    @Test
    void noChatIsForgottenWhileItIsAnswered() throws Exception {
        scene.model.always(OpenAiReplies.streamThenHold("One"));
        String first = scene.open();
        try (Reading one = scene.ask(first, "Count.");
                Reading two = scene.ask(scene.open(), "Count.");
                Reading three = scene.ask(scene.open(), "Count.")) {
            for (Reading reading : List.of(one, two, three)) reading.piece();
            HttpResponse<String> refused = scene.post("/chats", "");
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("wait until one of them is answered"), refused.body());
            scene.post(first + "/stop", "");
            scene.open();
            assertEquals(404, scene.get(first).statusCode());
        }
    }

    @Test
    void oneQuestionAtATimeInAChatAndManyInMany() throws Exception {
        scene.model.enqueue(OpenAiReplies.streamThenHold("One"), OpenAiReplies.stream("Two"));
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, "Count.")) {
            reading.piece();
            HttpResponse<String> refused = scene.post(chat + "/messages", "{\"text\":\"Hello\"}");
            assertEquals(409, refused.statusCode());
            assertTrue(refused.body().contains("wait, or stop it"), refused.body());
            assertEquals("complete", Scene.textOf(scene.asked(scene.open(), "Count."), "end"));
        }
        assertEquals(1, scene.turns(chat).size());
    }

    @ParameterizedTest
    @CsvSource({
        "401, The provider refused the key",
        "404, The provider does not know this model or address",
        "429, Too many questions for now: wait 3 seconds",
        "503, wait 3 seconds"
    })
    void aFailureSaysWhatToDoAndNoSecret(int status, String advice) throws Exception {
        String body = "{\"error\":{\"message\":\"bad key " + Scene.KEY + "\",\"type\":\"x\",\"code\":null}}";
        scene.model.enqueue(Reply.error(status, body, "Retry-After", "3"));
        String chat = scene.open();
        JsonObject end = scene.asked(chat, "Hello");
        assertEquals("failed", Scene.textOf(end, "end"));
        assertTrue(Scene.textOf(end, "note").contains(advice), end.toString());
        assertFalse(end.toString().contains("sk-"), end.toString());
        assertFalse(scene.get(chat).body().contains("sk-"));
    }

    private List<String> fields(String chat, String field) throws Exception {
        return scene.turns(chat).stream().map(turn -> Scene.textOf(turn, field)).toList();
    }

    /** The messages of a request, in their order, and no more. */
    private void assertTells(int request, String... texts) {
        String body = scene.model.getRequests().get(request).getBody();
        int from = 0;
        for (String text : texts) {
            from = body.indexOf("\"content\":\"" + text + "\"", from);
            assertTrue(from >= 0, () -> text + " is not where it should be in " + body);
        }
        assertEquals(texts.length, body.split("\"content\":", -1).length - 1, body);
    }
}
