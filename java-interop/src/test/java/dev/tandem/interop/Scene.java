package dev.tandem.interop;

import dev.tandem.testing.FakeServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server and a client of it, new for each test and closed after it. */
final class Scene implements AfterEachCallback {
    final FakeServer server = FakeServer.start();
    final JavaAiClient ai = Fixtures.clientOf(server);

    @Override
    public void afterEach(ExtensionContext context) {
        ai.close();
        server.close();
    }
}
