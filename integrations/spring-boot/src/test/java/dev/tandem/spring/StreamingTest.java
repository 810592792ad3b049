package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.spring.example.ChatController;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.io.BufferedReader;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** {@link ChatController} behind a real web server, before a model that speaks when it is told to. */
@Timeout(60)
class StreamingTest {
    private static final String[] PIECES = {"It", " is", " well"};
    private static final String CHAT = "/chat?prompt=Hi";

    private final FakeServer model = FakeServer.start();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private ConfigurableApplicationContext web;

    @BeforeEach
    void start() {
        Stopping first = new Stopping(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1, stopping::countDown);
        web = Application.of(WebApplicationType.REACTIVE, model)
                .initializers(context -> context.getBeanFactory().registerSingleton("first", first))
                .run();
    }

    @AfterEach
    void stop() {
        web.close();
        model.close();
    }

    /** The model says the next one only when those before have been read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void piecesArriveAsTheyAreMade(int before) throws Exception {
        pauseAfter(before);
        try (BufferedReader events = Web.open(web, CHAT)) {
            for (int piece = 0; piece < PIECES.length; piece++) {
                if (piece == before) gate.countDown();
                assertThat(Web.nextEvent(events)).isEqualTo("piece {\"text\":\"" + PIECES[piece] + "\"}");
            }
            gate.countDown();
            assertThat(Web.nextEvent(events)).startsWith("end ");
        }
    }

    @Test
    void aBrowserThatGoesClosesTheModelsSocket() throws Exception {
        model.enqueue(OpenAiReplies.streamThenHold("It"));
        BufferedReader events = Web.open(web, CHAT);
        assertThat(Web.nextEvent(events)).isEqualTo("piece {\"text\":\"It\"}");
        events.close();
        model.awaitHangUp();
    }

    @Test
    void aBrokenStreamSaysThatItIs() throws Exception {
        model.enqueue(OpenAiReplies.streamWithoutEnd("It"));
        try (BufferedReader events = Web.open(web, CHAT)) {
            assertThat(Web.nextEvent(events)).startsWith("piece ");
            assertThat(Web.nextEvent(events)).isEqualTo("failed {\"text\":\"IncompleteStreamException\"}");
        }
    }

    @Test
    void aShutdownLetsItComeToItsEnd() throws Exception {
        pauseAfter(1);
        try (BufferedReader events = Web.open(web, CHAT)) {
            assertThat(Web.nextEvent(events)).startsWith("piece ");
            CompletableFuture<Void> shutdown = CompletableFuture.runAsync(web::close);
            stopping.await();
            gate.countDown();
            assertThat(Web.nextEvent(events)).startsWith("piece ");
            assertThat(Web.nextEvent(events)).startsWith("piece ");
            assertThat(Web.nextEvent(events)).startsWith("end ");
            shutdown.get(30, TimeUnit.SECONDS);
        }
    }

    private void pauseAfter(int pieces) {
        String[] said = Arrays.copyOf(PIECES, pieces);
        int size = OpenAiReplies.streamThenHold(said).getSize();
        model.enqueue(OpenAiReplies.stream(PIECES).pauseAt(size, gate));
    }
}
