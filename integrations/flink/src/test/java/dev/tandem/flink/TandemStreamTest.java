package dev.tandem.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatRequest;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole jobs in a cluster within this program, in which nothing may need Kryo. */
class TandemStreamTest {
    private static final int ROWS = 40;

    private final FakeServer server = FakeServer.start();
    private final StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(strict());
    private final DataStream<Review> reviews = flink.fromData(IntStream.range(0, ROWS)
            .mapToObj(id -> new Review(id, "number " + id))
            .toList());

    private static Configuration strict() {
        return new Configuration().set(PipelineOptions.GENERIC_TYPES, false);
    }

    @BeforeEach
    void forget() {
        Servers.LIFE.clear();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void eachItemComesOutOnceOnOneSide() throws Exception {
        server.answering(request -> numberIn(request) % 10 == 0
                ? OpenAiReplies.error(400, "no round numbers", "invalid_request_error", null)
                : OpenAiReplies.chat("seen"));
        TandemStream<Review, String> asked = TandemStream.builder(
                        reviews, Servers.at(server.getUrl()), Ask.generate(Review::text))
                .parallelism(2)
                .uid("ask")
                .build();
        // A function of the user's own: its types are found by themselves.
        CloseableIterator<Integer> answered = asked.answers()
                .map(new MapFunction<Answer<Review, String>, Answer<Review, String>>() {
                    @Override
                    public Answer<Review, String> map(Answer<Review, String> answer) {
                        return answer;
                    }
                })
                .map(answer -> answer.getItem().id())
                .collectAsync();
        CloseableIterator<Failure<Review>> failed = asked.failures().collectAsync();
        flink.execute();

        List<Failure<Review>> failures = listOf(failed);
        assertEquals(
                List.of(0, 10, 20, 30),
                failures.stream()
                        .map(failure -> failure.getItem().id())
                        .sorted()
                        .toList());
        assertEquals("InvalidRequestException", failures.get(0).getError().getType());
        assertEquals(ROWS - 4, listOf(answered).stream().distinct().count());
        assertEquals(
                List.of("opened", "opened", "closed", "closed"),
                Servers.LIFE.stream().sorted((a, b) -> b.compareTo(a)).toList());
    }

    @Test
    void answersMayComeInTheOrderOfTheItems() throws Exception {
        server.answering(request -> OpenAiReplies.chat("seen " + numberIn(request)));
        TandemStream<Review, String> asked = TandemStream.builder(
                        reviews, Servers.at(server.getUrl()), Ask.generate(Review::text))
                .ordered()
                .parallelism(1)
                .capacity(7)
                .timeout(Duration.ofSeconds(30))
                .build();
        assertEquals(IntStream.range(0, ROWS).mapToObj(id -> "seen " + id).toList(), valuesOf(asked));
    }

    @Test
    void whatIsWrongWithAllStopsTheJob() {
        server.always(OpenAiReplies.error(401, "who are you?", "invalid_request_error", "invalid_api_key"));
        TandemStream<Review, String> asked = TandemStream.builder(
                        reviews, Servers.at(server.getUrl()), Ask.generate(Review::text))
                .stopJobIf(error -> error.getType().equals("UnauthorizedException"))
                .build();
        Throwable failure = assertThrows(Exception.class, () -> valuesOf(asked));
        StringBuilder reasons = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            reasons.append(cause).append('\n');
        assertTrue(reasons.toString().contains("this ends the job: UnauthorizedException"), reasons.toString());
    }

    @Test
    void objectsVectorsAndWholeAnswersNeedNoKryo() throws Exception {
        server.always(OpenAiReplies.chat("{\"name\":\"glad\",\"strength\":3}"));
        assertEquals(new Mood("glad", 3), firstOf(Ask.extract(review -> "The mood of: " + review.text(), Mood.class)));

        assertEquals(
                Tuple2.of("fake-1", "{\"name\":\"glad\",\"strength\":3}"),
                firstOf(Ask.chat(
                        review -> ChatRequest.builder()
                                .system("Be brief")
                                .user(review.text())
                                .build(),
                        answer -> Tuple2.of("fake-1", answer.getText()),
                        Types.TUPLE(Types.STRING, Types.STRING))));

        assertEquals(
                3,
                firstOf(Ask.of(
                        (ai, review, options) -> ai.async()
                                .extract(review.text(), Mood.class, options)
                                .thenApply(Mood::strength),
                        Types.INT)));

        server.always(OpenAiReplies.embeddings(new float[] {1, 2}));
        assertArrayEquals(new float[] {1, 2}, firstOf(Ask.embed(Review::text)));
    }

    @Test
    void aFunctionMayBeUsedByItself() throws Exception {
        server.always(OpenAiReplies.chat("seen"));
        TandemFunction<Review, String> function = TandemFunction.builder(
                        reviews.getType(), Servers.at(server.getUrl()), Ask.generate(Review::text))
                .build();
        TandemStream<Review, String> asked =
                TandemStream.of(AsyncDataStream.unorderedWait(reviews, function, 1, TimeUnit.MINUTES, 20));
        assertEquals(ROWS, valuesOf(asked).size());
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        TandemStream.Builder<Review, String> builder =
                TandemStream.builder(reviews, Servers.at("http://localhost"), Ask.generate(Review::text));
        assertEquals("capacity must be at least 1, but is 0", messageOf(() -> builder.capacity(0)));
        assertEquals("parallelism must be at least 1, but is -1", messageOf(() -> builder.parallelism(-1)));
        assertEquals(
                "timeout must be at least a millisecond, but is PT0S", messageOf(() -> builder.timeout(Duration.ZERO)));
    }

    private static String messageOf(Runnable call) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private <R> R firstOf(Ask<Review, R> ask) throws Exception {
        DataStream<Review> one = flink.fromData(List.of(new Review(1, "number 1")));
        return valuesOf(TandemStream.builder(one, Servers.at(server.getUrl()), ask)
                        .build())
                .get(0);
    }

    private static <T, R> List<R> valuesOf(TandemStream<T, R> asked) throws Exception {
        return asked.answers().executeAndCollect(ROWS + 1).stream()
                .map(Answer::getValue)
                .toList();
    }

    private static <E> List<E> listOf(CloseableIterator<E> elements) throws Exception {
        List<E> list = new ArrayList<>();
        elements.forEachRemaining(list::add);
        elements.close();
        return list;
    }

    private static int numberIn(FakeRequest request) {
        return Integer.parseInt(request.getBody().replaceAll("(?s).*number (\\d+).*", "$1"));
    }
}
