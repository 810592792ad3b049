package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.error.TimeLimitException;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Options;
import dev.tandem.model.Timer;
import dev.tandem.provider.Provider;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The Java of docs/streams.md that no recipe has. */
class StreamsTest {
    @Test
    void whoWaitsTooLongGivesUp() {
        ScriptedModel model = ScriptedModel.saying(ScriptedReply.silence());
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            CompletableFuture<String> answer =
                    ai.async().generate("Think about everything").orTimeout(1, TimeUnit.SECONDS);
            assertInstanceOf(
                    TimeoutException.class,
                    assertThrows(CompletionException.class, answer::join).getCause());
            model.awaitGivenUp();
        }
    }

    @Test
    void timersAreSetOnce() {
        ScriptedModel provider = ScriptedModel.saying(ScriptedReply.silence());
        try (JavaAiClient ai = patient(provider)) {
            assertEquals(
                    Timer.TOTAL,
                    assertThrows(TimeLimitException.class, () -> ai.blocking().generate("Hi", Soon.OPTIONS))
                            .getTimer());
        }
    }

    private static JavaAiClient patient(Provider provider) {
        JavaAiClient ai = JavaAiClient.builder(provider)
                .timeout(Duration.ofMinutes(2))
                .timer(Timer.FIRST_EVENT, Duration.ofSeconds(20))
                .build();
        return ai;
    }

    /** A call's own time counts, not the client's. */
    private static final class Soon {
        static final Options OPTIONS =
                CallOptions.builder().timeout(Duration.ofMillis(50)).build();
    }
}
