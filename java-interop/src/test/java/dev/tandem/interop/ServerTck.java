package dev.tandem.interop;

import dev.tandem.testing.FakeServer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;

/** The Reactive Streams rules, held against what comes over a real socket. */
abstract class ServerTck extends PublisherVerification<String> {
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long SILENCE_MILLIS = 100;

    final FakeServer server = FakeServer.start();
    final JavaAiClient ai = Fixtures.clientOf(server);

    ServerTck() {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS));
    }

    @AfterClass
    public void close() {
        ai.close();
        server.close();
    }

    /** None: our publishers do nothing, not even fail, before something is asked of them. */
    @Override
    public @Nullable Publisher<String> createFailedPublisher() {
        return null;
    }
}
