package dev.tandem.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.AiException;
import dev.tandem.error.ConnectionLostException;
import dev.tandem.error.ConnectionRefusedException;
import dev.tandem.error.IncompleteStreamException;
import dev.tandem.error.MalformedResponseException;
import dev.tandem.error.OverloadedException;
import dev.tandem.error.RateLimitedException;
import dev.tandem.error.ServerException;
import dev.tandem.error.TimeLimitException;
import dev.tandem.error.UnauthorizedException;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What aimock refuses, breaks and cuts, on each wire that it and our client speak. */
class FailuresTest {
    private static final Peer AIMOCK = Peer.aimock();
    private static final String PART = "Half of this answer";

    @AfterAll
    static void stop() {
        AIMOCK.close();
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void keysAreRefused(Wire wire) {
        fails(wire, "refuse the key", UnauthorizedException.class, e -> {
            assertEquals(401, e.getStatus());
            assertTrue(String.valueOf(e.getMessage()).contains("Incorrect API key"), e::toString);
            assertTrue(String.valueOf(e.getRequestId()).startsWith("req-"), e::toString);
            assertFalse(e.isRetryable());
        });
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void limitsAreNamedWithTheTimeToWait(Wire wire) {
        for (String prompt : new String[] {"too much", "chaos: limit"}) {
            fails(wire, prompt, RateLimitedException.class, e -> {
                assertEquals(429, e.getStatus());
                assertEquals(1_000L, e.getRetryAfterMillis());
                assertTrue(e.isRetryable());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void brokenServersAreTriedAgain(Wire wire) {
        fails(wire, "chaos: drop", ServerException.class, e -> {
            assertEquals(500, e.getStatus());
            assertTrue(e.isRetryable());
        });
        // aimock has no answer to this one, and its strict mode says so with a 503.
        fails(wire, "nobody wrote this down", OverloadedException.class, e -> assertEquals(503, e.getStatus()));
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#ofEvents")
    void nonsenseIsMalformed(Wire wire) {
        fails(wire, "chaos: malform", MalformedResponseException.class, e -> {
            assertEquals(200, e.getStatus());
            assertTrue(String.valueOf(e.getExcerpt()).contains("<<<chaos>>>"), e::toString);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void aDroppedConnectionIsLost(Wire wire) {
        fails(wire, "chaos: disconnect", ConnectionLostException.class, e -> assertTrue(e.isRetryable()));
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void aStreamCutInTheMiddleIsIncomplete(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream("stop in the middle")) {
            StringBuilder seen = new StringBuilder();
            IncompleteStreamException e = assertThrows(
                    IncompleteStreamException.class,
                    () -> stream.stream().map(ChatEvent::getText).forEach(seen::append));
            ChatResponse partial = e.getPartial();
            assertNotNull(partial);
            assertEquals(seen.toString(), partial.getText());
            assertFalse(seen.isEmpty());
            assertTrue(PART.startsWith(seen.substring(0, Math.min(seen.length(), PART.length()))), seen::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void patienceHasAnEnd(Wire wire) {
        CallOptions brief = CallOptions.builder().timeout(Duration.ofMillis(300));
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            assertThrows(TimeLimitException.class, () -> {
                try (ChatStream stream = ai.blocking().stream("take for ever", brief.build())) {
                    stream.forEach(Assertions::assertNotNull);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void aServerThatIsGoneRefuses(Wire wire) {
        Peer gone = Peer.aimock();
        gone.close();
        try (JavaAiClient ai = wire.client(gone)) {
            assertThrows(ConnectionRefusedException.class, () -> ai.blocking().generate("say hello"));
        }
    }

    private interface Check<E> {
        void check(E failure);
    }

    /** Whole and as a stream alike. */
    private static <E extends AiException> void fails(Wire wire, String prompt, Class<E> type, Check<E> check) {
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            check.check(assertThrows(type, () -> ai.blocking().generate(prompt), prompt));
            Executable stream = () -> {
                try (ChatStream events = ai.blocking().stream(prompt)) {
                    events.forEach(Assertions::assertNotNull);
                }
            };
            check.check(assertThrows(type, stream, prompt + ", as a stream"));
        }
    }
}
