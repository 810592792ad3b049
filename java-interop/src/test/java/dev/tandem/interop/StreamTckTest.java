package dev.tandem.interop;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;

/** The Reactive Streams rules, held against a streamed answer over a real socket. */
public class StreamTckTest extends PublisherVerification<String> {
    private static final long MOST_PIECES = 1_000;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 100;

    private final FakeServer server = FakeServer.start();
    private final JavaAiClient ai = Fixtures.clientOf(server);

    public StreamTckTest() {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS));
    }

    @AfterClass
    public void close() {
        ai.close();
        server.close();
    }

    @Override
    public Publisher<String> createPublisher(long elements) {
        String[] pieces =
                IntStream.range(0, (int) elements).mapToObj(i -> "piece " + i).toArray(String[]::new);
        server.always(OpenAiReplies.stream(pieces));
        return ai.reactive().streamText("Hi");
    }

    /** None: our publishers do nothing, not even fail, before something is asked of them. */
    @Override
    public @Nullable Publisher<String> createFailedPublisher() {
        return null;
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST_PIECES;
    }
}
