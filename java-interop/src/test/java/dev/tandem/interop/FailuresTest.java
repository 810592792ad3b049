package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.assertNotNullAnd;
import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tandem.error.AiException;
import dev.tandem.error.IncompleteStreamException;
import dev.tandem.error.TimeLimitException;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Options;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same mistake in every style is the same exception. */
class FailuresTest {
    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void failuresAreTheSame() {
        server.always(OpenAiReplies.error(401, "no", "x", "invalid_api_key"));
        for (Callable<Object> call : everyStyle()) {
            AiException error = assertInstanceOf(AiException.class, failureOf(call));
            assertInstanceOf(UnauthorizedException.class, error);
            assertEquals(401, error.getStatus());
            assertEquals("req-1", error.getRequestId());
        }
    }

    @Test
    void incompleteStreamsAreTheSame() {
        server.always(OpenAiReplies.streamWithoutEnd("a", "b"));
        for (Callable<Object> call : everyStream()) {
            AiException error = assertInstanceOf(IncompleteStreamException.class, failureOf(call));
            assertEquals("ab", assertNotNullAnd(error.getPartial()).getText());
        }
    }

    @Test
    void wrongArgumentsAreTheSame() {
        List<Callable<Object>> calls = List.of(
                () -> ai.blocking().generate(" "),
                () -> get(ai.async().generate(" ")),
                () -> Collected.all(ai.reactive().generate(" ")).toList(),
                () -> listOf(ai.blocking().stream(" ")),
                () -> get(ai.async().stream(" ", event -> {})),
                () -> Collected.all(ai.reactive().stream(" ")).toList());
        for (Callable<Object> call : calls) {
            assertEquals("prompt must not be blank, but is ' '", failureOf(call).getMessage());
        }
        assertEquals(0, server.getRequests().size());
    }

    @Test
    void timeoutsAreTheSame() {
        // So that all of them are sent before their time is over, however busy the machine is.
        server.enqueue(OpenAiReplies.chat("warm")).always(Reply.silence());
        ai.blocking().generate("Hi");
        Options soon = CallOptions.builder().timeout(Duration.ofMillis(300)).build();
        List<Callable<Object>> calls = List.of(
                () -> ai.blocking().generate("Hi", soon),
                () -> get(ai.async().generate("Hi", soon)),
                () -> Collected.all(ai.reactive().generate("Hi", soon)).toList());
        for (Callable<Object> call : calls) {
            assertInstanceOf(TimeLimitException.class, failureOf(call));
            server.awaitHangUp();
        }
    }

    @Test
    void afterCloseEveryStyleSaysSo() {
        ai.close();
        ai.close();
        for (Callable<Object> call : everyStyle()) {
            assertInstanceOf(IllegalStateException.class, failureOf(call));
        }
    }

    @Test
    void aCallbackThatFailsEndsTheStreamWithItsOwnException() {
        server.always(OpenAiReplies.streamThenHold("a"));
        Throwable error = failureOf(() -> get(ai.async().stream("Hi", event -> {
            throw new IllegalArgumentException("mine");
        })));
        assertInstanceOf(IllegalArgumentException.class, error);
        assertEquals("mine", error.getMessage());
        server.awaitHangUp();
    }

    private List<Callable<Object>> everyStyle() {
        List<Callable<Object>> calls = new ArrayList<>(everyStream());
        calls.add(() -> ai.blocking().generate("Hi"));
        calls.add(() -> get(ai.async().generate("Hi")));
        calls.add(() -> Collected.all(ai.reactive().generate("Hi")).toList());
        return calls;
    }

    private List<Callable<Object>> everyStream() {
        return List.of(
                () -> listOf(ai.blocking().stream("Hi")),
                () -> listOf(ai.blocking().streamText(ChatRequest.of("Hi"))),
                () -> get(ai.async().stream("Hi", event -> {})),
                () -> get(ai.async().streamText(ChatRequest.of("Hi"), text -> {})),
                () -> Collected.all(ai.reactive().stream("Hi")).toList(),
                () -> Collected.all(ai.reactive().streamText(ChatRequest.of("Hi")))
                        .toList());
    }
}
