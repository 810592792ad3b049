package dev.tandem.examples.webchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.testing.OpenAiReplies;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RefusalsTest {
    private final Scene scene;

    RefusalsTest() throws Exception {
        scene = new Scene(Scene.SMALL);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    static Stream<Arguments> badQuestions() {
        return Stream.of(
                arguments("", 400, "not JSON"),
                arguments("{\"text\":", 400, "not JSON"),
                arguments("[".repeat(1_500), 400, "not JSON"),
                arguments("[\"Hello\"]", 400, "must be an object"),
                arguments("{\"text\":7}", 400, "must be an object"),
                arguments("{\"text\":null}", 400, "must be an object"),
                arguments("{\"question\":\"Hello\"}", 400, "must be an object"),
                arguments("{\"text\":\" \\n\\t \"}", 400, "blank"),
                arguments("{\"text\":\"" + "x".repeat(101) + "\"}", 413, "101 characters, and may have 100"),
                arguments("{\"text\":\"" + "x".repeat(9_000) + "\"}", 413, "more than 1600 bytes"));
    }

    @ParameterizedTest
    @MethodSource("badQuestions")
    void saysWhatIsWrongWithAQuestion(String body, int status, String complaint) throws Exception {
        String chat = scene.open();
        assertRefused(status, complaint, scene.post(chat + "/messages", body));
        assertEquals(List.of(), scene.turns(chat));
        assertEquals(0, scene.model.getRequests().size());
    }

    @Test
    void takesTheLongestQuestionInWhateverSpelling() throws Exception {
        scene.model.always(OpenAiReplies.stream("Yes."));
        String chat = scene.open();
        assertEquals("complete", Scene.textOf(scene.asked(chat, "ü".repeat(100)), "end"));
        assertEquals(
                200,
                scene.post(chat + "/messages", "{\"text\":\"" + "\\u00fc".repeat(100) + "\"}")
                        .statusCode());
    }

    @Test
    void takesNothingButJsonInUtf8() throws Exception {
        String path = scene.open() + "/messages";
        String question = "{\"text\":\"Hello\"}";
        assertRefused(415, "application/json", scene.post(path, question, "Content-Type", "text/plain"));
        String host = "127.0.0.1:" + scene.port();
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 14\r\n\r\n";
        assertTrue(raw(head + "{\"text\":\"\u00ff\u00fe\"} ").contains("the body is not UTF-8"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, there is nothing at /nowhere",
        "GET, /chat.js/../secret, 404, there is nothing at",
        "GET, /chats/unknown, 404, begin a new one",
        "POST, /chats/unknown/messages, 404, begin a new one",
        "POST, /chats/unknown/stop, 404, begin a new one",
        "GET, /chats, 405, POST only",
        "POST, /, 405, GET only",
        "POST, /about, 405, GET only",
        "DELETE, /chats/unknown, 405, GET only",
        "GET, /chats/unknown/messages, 405, POST only",
        "GET, /chats/unknown/stop, 405, POST only"
    })
    void saysWhatIsNotThere(String method, String path, int status, String complaint) throws Exception {
        String said = raw(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + scene.port()
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertTrue(said.startsWith("HTTP/1.1 " + status + " "), said);
        assertTrue(said.contains("{\"error\":\"") && said.contains(complaint), said);
        assertEquals(status == 405, said.contains("Allow: "), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", "http://localhost"})
    void pagesOfOtherSitesMayNotAsk(String origin) throws Exception {
        assertRefused(403, "another site", scene.post("/chats", "", "Origin", origin));
    }

    @Test
    void itsOwnPageMayAsk() throws Exception {
        assertEquals(
                201,
                scene.post("/chats", "", "Origin", "http://127.0.0.1:" + scene.port())
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: evil.example:PORT", "Host: 127.0.0.1", "X-None: 1"})
    void namesOfOthersThatLeadHereAreRefused(String host) throws Exception {
        String said =
                raw("GET / HTTP/1.1\r\n" + host.replace("PORT", "" + scene.port()) + "\r\nConnection: close\r\n\r\n");
        assertTrue(said.startsWith("HTTP/1.1 403 "), said);
        assertFalse(said.contains("<html"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
    void itsOwnNamesAreServed(String name) throws Exception {
        String said = raw("GET / HTTP/1.1\r\nHost: " + name + ":" + scene.port() + "\r\nConnection: close\r\n\r\n");
        assertTrue(said.startsWith("HTTP/1.1 200 "), said);
    }

    @Test
    void nothingIsKeptOnTheWayAndNothingElseMayRun() throws Exception {
        scene.model.always(OpenAiReplies.stream("Yes."));
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, "Hello")) {
            assertSafe(reading.response().headers());
        }
        for (String path : List.of("/", "/chat.js", "/chat.css", "/icon.svg", "/about", chat, "/nowhere"))
            assertSafe(scene.get(path).headers());
    }

    @Test
    void whatAModelWritesStaysText() throws Exception {
        String attack = "<img src=x onerror=\"alert(1)\"></script>\u2028\"\\ \ud83d\ude00";
        scene.model.always(OpenAiReplies.stream(attack));
        String chat = scene.open();
        try (Reading reading = scene.ask(chat, attack)) {
            assertEquals(
                    "application/x-ndjson; charset=utf-8",
                    reading.response().headers().firstValue("Content-Type").orElse(""));
            assertEquals(attack, reading.piece());
        }
        assertEquals(attack, Scene.textOf(scene.turns(chat).get(0), "answer"));
        assertEquals(attack, Scene.textOf(scene.turns(chat).get(0), "question"));
        String script = scene.get("/chat.js").body();
        for (String way : List.of("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("))
            assertFalse(script.contains(way), way);
    }

    @Test
    void portsAreNumbers() {
        assertEquals(8080, WebChat.portIn(new String[0]));
        assertEquals(9, WebChat.portIn(new String[] {"--port", "9"}));
        for (String bad : List.of("x", "-1", "65536", "")) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> WebChat.portIn(new String[] {"--port", bad}))
                    .toString();
            assertTrue(message.endsWith("but is " + bad), message);
        }
        assertThrows(IllegalArgumentException.class, () -> WebChat.portIn(new String[] {"--prot", "9"}));
    }

    private static void assertSafe(HttpHeaders headers) {
        assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""));
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""));
        assertTrue(headers.firstValue("Content-Security-Policy")
                .orElse("")
                .startsWith("default-src 'none'; script-src 'self';"));
    }

    private static void assertRefused(int status, String complaint, HttpResponse<String> refused) {
        assertEquals(status, refused.statusCode(), refused.body());
        String error = Scene.textOf(Scene.json(refused.body()), "error");
        assertTrue(error.contains(complaint), error);
    }

    /** Byte for byte, as no client of good manners would. */
    private String raw(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
