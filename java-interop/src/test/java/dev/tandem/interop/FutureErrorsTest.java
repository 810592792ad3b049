package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tandem.error.UnauthorizedException;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FutureErrorsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    /** Handlers put right on the future, where no wrapper is expected. */
    @Test
    void handlersSeeTheSameExceptionWhateverTheOperation() throws Exception {
        server.always(OpenAiReplies.error(401, "no", "x", null));
        assertInstanceOf(UnauthorizedException.class, errorOf(ai.async().generate("Hi")));
        assertInstanceOf(UnauthorizedException.class, errorOf(ai.async().warmUp()));
        assertInstanceOf(UnauthorizedException.class, errorOf(ai.async().stream("Hi", event -> {})));
    }

    private static Throwable errorOf(CompletableFuture<?> future) throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        CompletableFuture<?> unused = future.whenComplete((value, error) -> {
            if (error == null) seen.completeExceptionally(new AssertionError("no error"));
            else seen.complete(error);
        });
        Throwable error = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return error;
    }
}
