package dev.tandem.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtherCommandsTest {
    private final FakeServer server = FakeServer.start().answering(EchoServer::answer);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aPipedTalkAnswersLineByLine() {
        Typed talk = Typed.run(
                        "one\n\nbad\ntwo\n", Map.of(), at("chat", "--system", "Be brief", "--temperature", "0.5"))
                .ends(1)
                .complains("tandem: ")
                .complains("not like this");
        assertEquals(List.of("re: one", "", "re: two"), talk.out().lines().toList());
        server.awaitRequest();
        server.awaitRequest();
        String last = server.awaitRequest().getBody();
        assertTrue(last.contains("Be brief") && last.contains("re: one"), last);
    }

    @Test
    void whatAModelSaysDoesNotReachTheTerminalsControls() {
        server.enqueue(OpenAiReplies.stream("a\u001b[31mred", "\rb\u0007\u009b2J"));
        assertEquals(
                "a[31mredb2J\n",
                Typed.run("one\n", Map.of(), at("chat")).ends(0).out());
    }

    @Test
    void theBundledModelNeedsNothing() {
        Typed.run("What is the capital of France?\n", Map.of(), "chat")
                .ends(0)
                .says("Paris")
                .complains("tiny bundled model");
        Typed.run("models", "--provider", "bundled").ends(0).says("pebble");
    }

    @Test
    void modelsAreListed() {
        Typed.run(at("models")).ends(0).says("fake-1  (fake)\nfake-2  (fake)\n");
        JsonObject json = (JsonObject) Json.Default.parseToJsonElement(
                Typed.run(at("models", "--json")).ends(0).out());
        assertEquals(2, ((JsonArray) json.get("models")).size());
    }

    @Test
    void aProviderThatIsNotThereIsAFailure() {
        String url = server.getUrl();
        server.close();
        Typed.run("models", "--url", url).ends(1).complains("tandem: ");
        Typed.run("doctor", url).ends(1).complains("tandem: ");
    }

    @Test
    void theDoctorSaysWhatIsWrong() {
        Typed report =
                Typed.run("doctor", server.getUrl()).ends(1).says("with fake-1").says("a plain chat is answered");
        assertTrue(report.out().matches("(?s).*a wrong key is refused +DIFFERS.*"), report.out());
        JsonObject json = (JsonObject)
                Json.Default.parseToJsonElement(Typed.run("doctor", server.getUrl(), "--model", "m", "--json")
                        .ends(1)
                        .out());
        assertEquals("false", String.valueOf(json.get("intact")));
        Typed.run("doctor", server.getUrl(), "--wire", "morse").ends(2).complains("--wire");
    }

    @Test
    void whatIsWrongIsSaidWithTheRemedy() {
        Typed.run("chat", "--url", server.getUrl()).ends(2).complains("name a model by --model");
        Typed.run("tlak").ends(2).complains("it is one of batch, chat, doctor, embed, models");
        Typed.run(at("chat", "--temperature", "7")).ends(2).complains("temperature");
        Typed.run("doctor", "nonsense").ends(2).complains("http://host:port/v1");
    }

    @Test
    void helpAndVersionAreThere() {
        Typed.run("--help").ends(0).says("doctor");
        Typed.run("batch", "--help").ends(0).says("Exit codes");
        Typed.run("--version").ends(0).says("tandem ");
    }

    private String[] at(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(command, "--url", server.getUrl(), "--model", "fake-1"));
        words.addAll(List.of(options));
        return words.toArray(String[]::new);
    }
}
