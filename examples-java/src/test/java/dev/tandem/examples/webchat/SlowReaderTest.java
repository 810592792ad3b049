package dev.tandem.examples.webchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.examples.webchat.chat.Limits;
import dev.tandem.provider.openai.OpenAi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A browser that does not read holds back the model's server itself. */
@Timeout(60)
class SlowReaderTest {
    private static final Limits ROOMY = new Limits(3, 4, 2, 100, Integer.MAX_VALUE, Duration.ofMillis(50));

    private final Flood flood = Flood.start();
    private final Scene scene = new Scene(ROOMY, OpenAi.compatible(flood.url(), Scene.KEY));
    private final Socket browser = new Socket();
    private String chat = "";

    SlowReaderTest() throws IOException {}

    @BeforeEach
    void ask() throws Exception {
        chat = scene.open();
        String question = "{\"text\":\"Go on.\"}";
        browser.setReceiveBufferSize(16_000);
        browser.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), scene.port()));
        String request = "POST " + chat + "/messages HTTP/1.1\r\nHost: 127.0.0.1:" + scene.port()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + question.length() + "\r\n\r\n" + question;
        browser.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        browser.close();
        scene.close();
        flood.close();
    }

    @Test
    void theModelIsReadNoFasterThanTheBrowserReads() throws Exception {
        long sent = got(flood.stalled);
        assertTrue(sent < Flood.MOST_BYTES, () -> sent + " bytes were taken, and none was read");
        byte[] read = browser.getInputStream().readNBytes((int) sent);
        assertEquals(sent, read.length);
        assertTrue(got(flood.goesOn));
    }

    @Test
    void stopNeedNotWaitForTheBrowser() throws Exception {
        got(flood.stalled);
        assertEquals(204, scene.post(chat + "/stop", "").statusCode());
        assertTrue(got(flood.hangUp));
        assertEquals("stopped", Scene.textOf(scene.turns(chat).get(0), "end"));
    }

    private static <T> T got(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }
}
