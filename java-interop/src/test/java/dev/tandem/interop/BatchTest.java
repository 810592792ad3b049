package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.batch.BatchProgress;
import dev.tandem.batch.BatchResult;
import dev.tandem.batch.BatchStop;
import dev.tandem.batch.BatchStoppedException;
import dev.tandem.batch.BatchTask;
import dev.tandem.batch.file.BatchSummary;
import dev.tandem.error.ServerException;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Batches as Java runs them. */
class BatchTest {
    private static final Pattern PROMPT = Pattern.compile("\"content\":\"([^\"]*)\"");

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path folder;

    @BeforeEach
    void answerEachPrompt() {
        scene.server.answering(BatchTest::answer);
    }

    @Test
    void aListComesBackInItsOrderInEveryStyle() throws Exception {
        JavaBatch<String, String> batch = JavaBatch.of(scene.ai);
        List<String> prompts = List.of("a", "bad", "", "b");
        for (List<BatchResult<String, String>> results : List.of(
                batch.blocking().completeBatch(prompts),
                get(batch.async().completeBatch(prompts)),
                Collected.all(batch.reactive().completeBatch(prompts)).toList().get(0))) {
            assertEquals("re: a", results.get(0).orThrow());
            assertInstanceOf(ServerException.class, results.get(1).getErrorOrNull());
            assertInstanceOf(IllegalArgumentException.class, results.get(2).getErrorOrNull());
            assertEquals("re: b", results.get(3).getValueOrNull());
            assertThrows(ServerException.class, () -> results.get(1).orThrow());
        }
    }

    @Test
    void resultsComeOneByOneFromWhateverHasItems() throws Exception {
        JavaBatch<Integer, String> batch = JavaBatch.builder(
                        scene.ai, BatchTask.generate().from((Integer number) -> "number " + number))
                .concurrency(4)
                .ordered(true)
                .build();
        List<Integer> numbers = IntStream.range(0, 30).boxed().collect(Collectors.toList());
        List<String> expected = numbers.stream().map(n -> "re: number " + n).collect(Collectors.toList());
        try (BlockingStream<BatchResult<Integer, String>> results =
                batch.blocking().run(numbers)) {
            assertEquals(expected, valuesOf(listOf(results)));
        }
        AtomicBoolean isClosed = new AtomicBoolean();
        Stream<Integer> stream = numbers.stream().onClose(() -> isClosed.set(true));
        try (BlockingStream<BatchResult<Integer, String>> results =
                batch.blocking().run(stream)) {
            assertEquals(expected, valuesOf(listOf(results)));
        }
        assertTrue(isClosed.get());
        List<BatchResult<Integer, String>> told = Collections.synchronizedList(new ArrayList<>());
        get(batch.async().run(numbers, told::add));
        assertEquals(expected, valuesOf(told));
        assertEquals(
                expected, valuesOf(Collected.all(batch.reactive().run(numbers)).toList()));
    }

    @Test
    void aPublisherFeedsABatch() throws Exception {
        JavaBatch<Integer, String> numbers = JavaBatch.builder(
                        scene.ai, JavaBatchTask.<Integer, String>of(n -> "item " + n))
                .build();
        JavaBatch<BatchResult<Integer, String>, String> second = JavaBatch.builder(
                        scene.ai, BatchTask.generate().from((BatchResult<Integer, String> first) -> first.orThrow()))
                .ordered(true)
                .build();
        List<String> values =
                valuesOf(Collected.all(second.reactive().run(numbers.reactive().run(List.of(1, 2, 3))))
                        .toList());
        assertEquals(
                List.of("re: item 1", "re: item 2", "re: item 3"),
                values.stream().sorted().collect(Collectors.toList()));
    }

    @Test
    void aRunGoesOnWhereAnotherEnded() {
        Path journal = folder.resolve("run.journal");
        List<BatchProgress> told = Collections.synchronizedList(new ArrayList<>());
        JavaBatch.Builder<String, Integer> builder = JavaBatch.<String, Integer>builder(
                        scene.ai,
                        JavaBatchTask.of(
                                Integer.class,
                                text -> scene.ai.blocking().generate(text).length()))
                .journal(journal)
                .key(text -> "key " + text)
                .configuration("lengths")
                .progressEvery(Duration.ofSeconds(1))
                .progress(told::add);
        assertEquals(
                2, builder.build().blocking().completeBatch(List.of("a", "b")).size());
        List<BatchResult<String, Integer>> again = builder.build().blocking().completeBatch(List.of("b", "c"));
        assertEquals(List.of(5, 5), again.stream().map(BatchResult::orThrow).collect(Collectors.toList()));
        assertTrue(again.get(0).getEffort().isResumed());
        assertEquals(3, scene.server.getRequests().size());
        assertEquals(1, told.get(told.size() - 1).getResumed());
    }

    @Test
    void whatIsBegunAsynchronouslyIsATaskToo() {
        JavaBatch<String, String> batch = JavaBatch.<String, String>builder(
                        scene.ai, JavaBatchTask.ofAsync(text -> scene.ai.async().generate(text)))
                .build();
        assertEquals(
                "re: a", batch.blocking().completeBatch(List.of("a")).get(0).orThrow());
        JavaBatch<String, String> nothing = JavaBatch.<String, String>builder(scene.ai, JavaBatchTask.of(text -> null))
                .build();
        assertTrue(String.valueOf(
                        nothing.blocking().completeBatch(List.of("a")).get(0).getErrorOrNull())
                .contains("the task gave null"));
    }

    @Test
    void typedAnswersAndVectorsAreBatchedLikeTexts() {
        scene.server.always(OpenAiReplies.chat("{\"name\":\"Oslo\"}"));
        JavaBatch<String, City> cities = JavaBatch.builder(scene.ai, BatchTask.extract(JavaTypes.of(City.class)))
                .journal(folder.resolve("cities.journal"))
                .build();
        for (int run = 0; run < 2; run++) {
            assertEquals(
                    "Oslo",
                    cities.blocking()
                            .completeBatch(List.of("x"))
                            .get(0)
                            .orThrow()
                            .name());
        }
        scene.server.always(OpenAiReplies.embeddings(new float[] {1, 2}));
        assertEquals(
                2,
                JavaBatch.builder(scene.ai, BatchTask.embed())
                        .build()
                        .blocking()
                        .completeBatch(List.of("x"))
                        .get(0)
                        .orThrow()
                        .getDimensions());
    }

    @Test
    void stopEndsARunThatItsReaderHears() {
        BatchStop stop = new BatchStop();
        JavaBatch<String, String> batch = JavaBatch.builder(scene.ai, BatchTask.generate())
                .concurrency(1)
                .stop(stop)
                .build();
        List<String> seen = new ArrayList<>();
        BatchStoppedException stopped = assertThrows(BatchStoppedException.class, () -> {
            try (BlockingStream<BatchResult<String, String>> results =
                    batch.blocking().run(Collections.nCopies(10_000, "a"))) {
                for (BatchResult<String, String> result : results) {
                    seen.add(result.getItem());
                    stop.stop();
                }
            }
        });
        assertFalse(seen.isEmpty());
        assertEquals(seen.size(), stopped.getProgress().getFinished());
    }

    @Test
    void aFileBecomesAFileInEveryStyle() throws Exception {
        Path input = Files.writeString(folder.resolve("in.jsonl"), "\"a\"\n{\"id\":\"x\",\"prompt\":\"b\"}\n{oops\n");
        Path output = folder.resolve("out.jsonl");
        JavaBatchFile file = JavaBatchFile.builder(scene.ai, input, output)
                .batch(b -> b.concurrency(2))
                .build();
        BatchSummary summary = file.blocking().run();
        assertEquals(List.of(3L), summary.getUnreadableLines());
        List<String> lines = Files.readAllLines(output);
        assertTrue(lines.get(1).startsWith("{\"id\":\"x\",\"text\":\"re: b\""));
        assertEquals(2, get(file.async().run()).getProgress().getResumed());
        assertEquals(
                2,
                Collected.all(file.reactive().run())
                        .toList()
                        .get(0)
                        .getProgress()
                        .getResumed());
        assertEquals(2, scene.server.getRequests().size());
    }

    record City(String name) {}

    private static <T> List<String> valuesOf(List<BatchResult<T, String>> results) {
        return results.stream().map(BatchResult::orThrow).collect(Collectors.toList());
    }

    private static Reply answer(FakeRequest request) {
        Matcher prompt = PROMPT.matcher(request.getBody());
        String text = prompt.find() ? prompt.group(1) : "";
        return text.equals("bad")
                ? OpenAiReplies.error(500, "no", "server_error", null)
                : OpenAiReplies.chat("re: " + text);
    }
}
