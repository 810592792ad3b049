package dev.tandem.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.FakeServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signals go to a process of its own. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class InterruptTest {
    private static final int LINES = 30;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final FakeServer server =
            FakeServer.start().answering(request -> EchoServer.answer(request).after(gate));

    @TempDir
    Path folder;

    private Process tandem;
    private BufferedReader errors;
    private final StringBuilder heard = new StringBuilder();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        String prompts =
                IntStream.range(0, LINES).mapToObj(n -> "\"line " + n + "\"\n").collect(Collectors.joining());
        Files.writeString(folder.resolve("in it's.jsonl"), prompts);
        List<String> words = new ArrayList<>();
        // A process that was started in the background may have Ctrl-C ignored, and its children then too.
        if (run("env", "--default-signal=INT", "true").waitFor() == 0)
            words.addAll(List.of("env", "--default-signal=INT"));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tandem.examples.cli.Tandem"));
        words.addAll(List.of("batch", "in it's.jsonl", "out.jsonl", "--url", server.getUrl(), "--model", "fake-1"));
        words.addAll(List.of("--concurrency", "2"));
        tandem = run(words.toArray(String[]::new));
        errors = new BufferedReader(new InputStreamReader(tandem.getErrorStream(), StandardCharsets.UTF_8));
        server.awaitRequest();
        server.awaitRequest();
    }

    @AfterEach
    void close() {
        tandem.destroyForcibly();
        server.close();
    }

    @Test
    void ctrlCBringsWhatIsUnderWayToItsEndAndSaysHowToGoOn() throws Exception {
        stopsCleanlyOn("INT");
    }

    @Test
    void aRequestToTerminateDoesTheSame() throws Exception {
        stopsCleanlyOn("TERM");
    }

    @Test
    void anotherRunOfTheSameIsRefusedMeanwhile() {
        String[] words = {
            "batch", file("in it's.jsonl"), file("out.jsonl"), "--url", server.getUrl(), "--model", "fake-1", "--resume"
        };
        Typed.run(words).ends(2).complains("is in use by another run");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aSecondCtrlCEndsAtOnceAndItGoesOnAllTheSame() throws Exception {
        signal("INT");
        awaitLine("Ctrl-C once more ends at once.");
        signal("INT");
        String resume = lineAfter("To go on:");
        assertEquals(130, exitOf(tandem), heard.toString());
        gate.countDown();
        goesOnWith(resume, 0);
    }

    private void stopsCleanlyOn(String name) throws Exception {
        signal(name);
        awaitLine("Ctrl-C once more ends at once.");
        gate.countDown();
        String resume = lineAfter("To go on:");
        assertEquals(3, exitOf(tandem), heard.toString());
        assertTrue(heard.toString().contains("stopped after 2 of " + LINES + " lines"), heard.toString());
        Typed.assertPlain(tandem.getInputStream().readAllBytes());
        Typed.assertPlain(heard.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(2, server.getRequests().size());
        goesOnWith(resume, 2);
    }

    /** By the very words that were printed, as a shell takes them. */
    private void goesOnWith(String line, int resumed) throws Exception {
        Process again = run("sh", "-c", line + " --json 2>&1");
        String said = new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, exitOf(again), said);
        assertTrue(said.contains("\"resumed\":" + resumed + ","), said);
        List<String> answers = Files.readAllLines(folder.resolve("out.jsonl"));
        assertEquals(LINES, answers.size());
        for (int n = 0; n < LINES; n++) {
            assertTrue(answers.get(n).contains("\"re: line " + n + "\""), answers.get(n));
        }
    }

    private Process run(String... words) throws IOException {
        return new ProcessBuilder(words).directory(folder.toFile()).start();
    }

    private void signal(String name) throws Exception {
        assertEquals(0, exitOf(run("kill", "-" + name, Long.toString(tandem.pid()))));
    }

    private void awaitLine(String part) throws IOException {
        lineWith(part);
    }

    private String lineAfter(String part) throws IOException {
        lineWith(part);
        return String.valueOf(errors.readLine()).strip();
    }

    private void lineWith(String part) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            heard.append(line).append('\n');
            if (line.contains(part)) return;
        }
        throw new AssertionError(part + " was not said, but " + heard);
    }

    private static int exitOf(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not end");
        return process.exitValue();
    }
}
