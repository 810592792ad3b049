package dev.tandem.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCommandTest {
    private final FakeServer server = FakeServer.start().answering(EchoServer::answer);

    @TempDir
    Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        in = Files.writeString(folder.resolve("in.jsonl"), "\"a\"\n{\"id\":\"x\",\"prompt\":\"b\"}\n\"c\"\n");
        out = folder.resolve("out.jsonl");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersEachLineInItsOrder() throws IOException {
        batch("--rpm", "100", "--tpm", "100000", "--concurrency", "auto:8", "--timeout", "1m")
                .ends(0)
                .says("3 of 3 lines answered, 0 failed")
                .says("15 tokens")
                .complains("3 of 3 lines (100 %)");
        List<String> lines = Files.readAllLines(out);
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("{\"id\":\"x\",\"text\":\"re: b\""), lines.get(1));
    }

    @Test
    void takesTheFormatOfOpenAisBatches() throws IOException {
        Files.writeString(in, """
                {"custom_id":"one","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"a"}]}}
                """);
        batch().ends(0);
        assertTrue(Files.readString(out).contains("\"custom_id\":\"one\""), Files.readString(out));
    }

    @Test
    void linesThatFailedAreAskedAgainAsToldOnly() throws IOException {
        Files.writeString(in, "\"a\"\n\"bad\"\n{oops\n");
        batch().ends(1).says("1 of 3 lines answered, 2 failed").says("could not be read: line 3");
        assertEquals(2, server.getRequests().size());
        batch("--resume").ends(1).says("3 by earlier runs");
        batch("--resume", "--keep-failed").ends(1).says("3 by earlier runs");
        assertEquals(2, server.getRequests().size());
        batch("--resume", "--retry-failed").ends(1).says("1 by earlier runs");
        assertEquals(3, server.getRequests().size());
        batch("--retry-failed", "--keep-failed").ends(2).complains("mutually exclusive");
    }

    @Test
    void goesOnOnlyIfItIsToldTo() {
        batch().ends(0);
        batch().ends(2).complains("is there from an earlier run: pass --resume").says("");
        batch("--resume").ends(0).says("3 by earlier runs");
        batch("--resume", "--system", "Be brief").ends(2).complains("was begun with another configuration");
        assertEquals(3, server.getRequests().size());
    }

    @Test
    void resumingWhatWasNeverBegunBeginsIt() {
        batch("--resume").ends(0);
        assertEquals(3, server.getRequests().size());
    }

    @Test
    void theSystemTextGoesToLinesWithoutOne() throws IOException {
        Files.writeString(
                in,
                "\"a\"\n{\"messages\":[{\"role\":\"system\",\"content\":\"Own\"},{\"role\":\"user\",\"content\":\"b\"}]}\n");
        batch("--system", "Be brief", "--concurrency", "1").ends(0);
        assertTrue(server.awaitRequest().getBody().contains("Be brief"));
        String own = server.awaitRequest().getBody();
        assertTrue(own.contains("Own") && !own.contains("Be brief"), own);
    }

    @Test
    void tellsProgramsInJson() {
        JsonObject done = parsed(batch("--json").ends(0).out());
        assertEquals("3", String.valueOf(done.get("done")));
        assertEquals("true", String.valueOf(done.get("finished")));
        assertEquals("null", String.valueOf(done.get("resume")));
    }

    @Test
    void aRefusedKeyEndsItAndItGoesOnWithAnother() {
        server.enqueue(OpenAiReplies.error(401, "wrong key", "invalid_request_error", "invalid_api_key"));
        Typed refused = batch("--json", "--concurrency", "1").ends(3).complains("To go on:\n  tandem batch --resume ");
        JsonObject json = parsed(refused.out());
        assertEquals("3", String.valueOf(json.get("exitCode")));
        assertTrue(String.valueOf(json.get("resume")).contains("batch --resume"), json.toString());
        batch("--resume", "--json", "--concurrency", "1").ends(0);
    }

    @Test
    void aSpentBudgetEndsIt() {
        batch("--model", "gpt-4o-mini", "--budget", "0.000002", "--concurrency", "1")
                .ends(3)
                .complains("budget")
                .complains("ended early after 0 of 3 lines: ");
    }

    @Test
    void saysThatABudgetHoldsNothingWithoutPrices() {
        batch("--budget", "1").ends(0).complains("no price is known");
    }

    @Test
    void aKeyIsNeverShown() {
        String key = "sk-secret-1234567890";
        Typed typed = Typed.run("", Map.of(), "batch", in.toString(), out.toString(), "--api-key=" + key);
        assertFalse(
                typed.ends(2).complains("there is no option --api-key").err().contains(key));
        typed = Typed.run("", Map.of(), "batch", in.toString(), out.toString(), "--api-key", key);
        assertFalse(typed.ends(2).err().contains(key), typed.err());
        server.enqueue(OpenAiReplies.error(401, "wrong key " + key, "invalid_request_error", "invalid_api_key"));
        typed = Typed.run(
                "",
                Map.of("TANDEM_API_KEY", key),
                "batch",
                in.toString(),
                out.toString(),
                "--url",
                server.getUrl(),
                "--model",
                "fake-1",
                "--json",
                "--verbose");
        assertFalse((typed.ends(3).err() + typed.out()).contains(key), typed.err());
        assertEquals("Bearer " + key, server.awaitRequest().header("Authorization"));
    }

    @Test
    void whatIsWrongIsSaidInOneLineWithTheRemedy() {
        batch("--concurrency", "many").ends(2).complains("say 16, auto or auto:200");
        batch("--timeout", "soon").ends(2).complains("say 500ms, 30s, 2m or 1h");
        batch("--rpm", "0").ends(2).complains("requestsPerMinute must be");
        batch("--budget", "-1").ends(2).complains("a budget must be more than nothing, but is -1.0");
        batch("--provider", "opnai").ends(2).complains("it is one of openai, azure, anthropic");
        Typed.run("batch", in.toString(), out.toString(), "--provider", "groq")
                .ends(2)
                .complains("set GROQ_API_KEY in the environment");
        Typed.run("batch", in.toString()).ends(2).complains("OUT");
        Typed.run("batch", folder.resolve("no").toString(), out.toString(), "--url", server.getUrl())
                .ends(2)
                .complains("there is no file");
        Typed.run().ends(2).complains("name a command: batch");
        assertTrue(server.getRequests().isEmpty());
    }

    @Test
    void aBarIsDrawnWhereThereIsAScreenForIt() throws IOException {
        assertTrue(errorsOn("xterm").contains("100% ["), errorsOn("xterm"));
        assertFalse(errorsOn("xterm").contains("\u001b"));
        Typed.assertPlain(errorsOn("dumb").getBytes(StandardCharsets.UTF_8));
    }

    private String errorsOn(String terminal) throws IOException {
        Files.deleteIfExists(out);
        Files.deleteIfExists(folder.resolve("out.jsonl.journal"));
        String[] words = {"batch", in.toString(), out.toString(), "--url", server.getUrl(), "--model", "fake-1"};
        return Typed.run("", Map.of("TERM", terminal), stream -> true, words)
                .ends(0)
                .err();
    }

    @Test
    void vectorsComeOfTexts() throws IOException {
        Typed.run("embed", in.toString(), out.toString(), "--url", server.getUrl(), "--model", "vectors-1")
                .ends(0)
                .says("3 of 3 lines answered");
        assertTrue(Files.readString(out).contains("[1.0,2.0]"), Files.readString(out));
        assertTrue(server.awaitRequest().getBody().contains("vectors-1"));
        Typed.run("embed", in.toString(), out.toString(), "--provider", "bundled")
                .ends(2)
                .complains("makes no vectors");
    }

    private Typed batch(String... options) {
        List<String> words = new ArrayList<>(
                List.of("batch", in.toString(), out.toString(), "--url", server.getUrl(), "--model", "fake-1"));
        if (List.of(options).contains("--model")) words.subList(5, 7).clear();
        words.addAll(List.of(options));
        return Typed.run(words.toArray(String[]::new));
    }

    private static JsonObject parsed(String text) {
        assertEquals(1, text.lines().count(), text);
        return (JsonObject) Json.Default.parseToJsonElement(text);
    }
}
