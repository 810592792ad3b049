package dev.tandem.interop;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;

/** The Reactive Streams rules, held against a plain answer: a publisher of one. */
public class SingleTckTest extends PublisherVerification<String> {
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 100;

    private final FakeServer server = FakeServer.start();
    private final JavaAiClient ai = Fixtures.clientOf(server);

    public SingleTckTest() {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS));
    }

    @AfterClass
    public void close() {
        ai.close();
        server.close();
    }

    @Override
    public Publisher<String> createPublisher(long elements) {
        server.always(OpenAiReplies.chat("x"));
        return ai.reactive().generate("Hi");
    }

    /** None: our publishers do nothing, not even fail, before something is asked of them. */
    @Override
    public @Nullable Publisher<String> createFailedPublisher() {
        return null;
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }
}
