package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cache.MemoryCache;
import dev.tandem.error.TimeLimitException;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import dev.tandem.testing.script.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hours of pauses, in no time: what docs/testing.md says of virtual time in Java. */
@Timeout(20)
class VirtualTimeTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void retriesOfAllStyles() {
        ScriptedReply busy = ScriptedReply.failure(() -> Faults.rateLimited(30_000));
        ScriptedReply last = ScriptedReply.text("at last");
        ScriptedModel model = ScriptedModel.saying(busy, last, busy, last, busy, last);
        try (VirtualTime time = VirtualTime.start();
                JavaAiClient ai = time.drive(JavaAiClient.builder(model)).build()) {
            assertEquals("at last", ai.blocking().generate("Hi"));
            assertTrue(time.getElapsed().toSeconds() >= 30);
            assertEquals("at last", ai.async().generate("Hi").join());
            try (BlockingStream<String> pieces = ai.blocking().streamText("Hi")) {
                assertEquals("at last", String.join("", pieces));
            }
            assertTrue(
                    time.getElapsed().toSeconds() >= 90, () -> time.getElapsed().toString());
        }
    }

    @Test
    void turnsOfARateLimit() {
        ScriptedModel model = ScriptedModel.answering(request -> ScriptedReply.text("Hello"));
        try (VirtualTime time = VirtualTime.start();
                JavaAiClient ai = time.drive(JavaAiClient.builder(model).rateLimit(r -> r.requestsPerMinute(2)))
                        .build()) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 7; i++) answers.add(ai.async().generate("Hi"));
            answers.forEach(answer -> assertEquals("Hello", answer.join()));
            assertTrue(time.getElapsed().compareTo(MINUTE.multipliedBy(3)) >= 0);
            assertTrue(time.getElapsed().compareTo(MINUTE.multipliedBy(4)) < 0);
        }
    }

    @Test
    void timeouts() {
        ScriptedModel model = ScriptedModel.saying(ScriptedReply.silence());
        try (VirtualTime time = VirtualTime.start();
                JavaAiClient ai = time.drive(JavaAiClient.builder(model).timeout(Duration.ofHours(2)))
                        .build()) {
            assertThrows(TimeLimitException.class, () -> ai.blocking().generate("Hi"));
            assertEquals(Duration.ofHours(2), time.getElapsed());
            model.awaitGivenUp();
        }
    }

    @Test
    void theSlowerOneOfTwo() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.text("late").after(Duration.ofHours(1)),
                ScriptedReply.text("in time").after(Duration.ofSeconds(5)));
        try (VirtualTime time = VirtualTime.start();
                JavaAiClient ai = time.drive(JavaAiClient.builder(model).hedging(h -> h.afterMillis(10_000)))
                        .build()) {
            assertEquals("in time", ai.blocking().generate("Hi"));
            assertEquals(Duration.ofSeconds(15), time.getElapsed());
        }
    }

    @Test
    void whatIsKeptForADay() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.text("one").after(MINUTE),
                ScriptedReply.text("two").after(Duration.ofDays(1)));
        try (VirtualTime time = VirtualTime.start();
                JavaAiClient ai = time.drive(JavaAiClient.builder(model)
                                .cache(new MemoryCache(10), c -> c.ttlMillis(MINUTE.toMillis())))
                        .build()) {
            assertEquals("one", ai.blocking().generate("Hi"));
            assertEquals("one", ai.blocking().generate("Hi"));
            assertEquals(MINUTE, time.getElapsed());
            assertEquals(
                    "two",
                    ai.blocking()
                            .generate("Hi", CallOptions.builder().caching(false).build()));
            assertEquals(MINUTE.plusDays(1), time.getElapsed());
        }
    }

    /** The call has a second, of which the tool takes nothing, however long it takes. */
    @Test
    void toolsAreNotHurried() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ScriptedModel model =
                ScriptedModel.saying(ScriptedReply.toolCall("look", "{}"), ScriptedReply.text("I have seen it"));
        try (VirtualTime time = VirtualTime.start();
                JavaAiClient ai = time.drive(JavaAiClient.builder(model).timeout(Duration.ofSeconds(1)))
                        .build()) {
            CompletableFuture<String> answer = ai.async()
                    .generate(
                            "Look",
                            CallOptions.builder()
                                    .tool(JavaTools.of("look", "Looks", () -> seen(begun, go)))
                                    .build());
            assertTrue(begun.await(10, TimeUnit.SECONDS));
            go.countDown();
            assertEquals("I have seen it", answer.join());
            assertEquals(Duration.ZERO, time.getElapsed());
        }
    }

    private static String seen(CountDownLatch begun, CountDownLatch go) {
        begun.countDown();
        try {
            return go.await(10, TimeUnit.SECONDS) ? "a cat" : "nothing";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "gave up";
        }
    }
}
