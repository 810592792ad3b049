package dev.tandem.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.testing.FakeServer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our fake server says what the official clients understand. What ours learns from it is then no private language. */
class OfficialClientsTest {
    private static final Pattern ANYTHING = Pattern.compile("");

    static Stream<Arguments> clients() {
        return Stream.of(
                client("openai-chat", Scripts.openAiChat(), "chat stream tools embeddings models errors silence"),
                client(
                        "openai-responses",
                        Scripts.openAiResponses(),
                        "chat stream thoughts tools cut-short errors silence"),
                client("anthropic", Scripts.anthropic(), "chat stream thoughts tools models errors silence"),
                client("ollama", Scripts.ollama(), "chat stream thoughts tools embeddings models pull errors silence"),
                client(
                        "gemini",
                        Scripts.gemini(),
                        "chat stream thoughts tools blocked embeddings models errors silence"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void understandsOurFakeServer(String program, Script script, List<String> checks) throws InterruptedException {
        try (FakeServer server = FakeServer.start().answering(script::reply);
                Child client = Child.start(
                        Node.command("src/test/node/" + program + ".js", "http://127.0.0.1:" + server.getPort()),
                        Map.of(),
                        ANYTHING)) {
            List<String> said = client.awaitEnd();
            List<String> expected = checks.stream()
                    .map(check -> "{\"check\":\"" + check + "\",\"ok\":true}")
                    .toList();
            assertEquals(String.join("\n", expected), String.join("\n", said));
            assertEquals(0, client.exitCode());
            // The check of silence leaves in the middle of a stream.
            server.awaitHangUp();
        }
    }

    private static Arguments client(String program, Script script, String checks) {
        return arguments(program, script, List.of(checks.split(" ")));
    }
}
