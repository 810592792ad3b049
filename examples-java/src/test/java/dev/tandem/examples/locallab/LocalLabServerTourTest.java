package dev.tandem.examples.locallab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.LocalLabReplies;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LocalLabServerTourTest {
    @Test
    void seesAllOfTheServer() {
        try (FakeServer server = FakeServer.start().answering(LocalLabReplies.server())) {
            String printed = run("http://127.0.0.1:" + server.getPort());
            assertTrue(printed.contains("Health: HEALTHY"), printed);
            assertTrue(printed.contains("Fake T4"), printed);
            assertTrue(printed.contains("Loaded fake-1: true"), printed);
            assertTrue(printed.contains("fake-1: 100 %"), printed);
            assertTrue(printed.contains("It is told: You are brief."), printed);
            assertTrue(printed.contains("Echo: What is a coroutine?"), printed);
            assertTrue(printed.contains("Echo: One?"), printed);
            assertTrue(printed.contains("Unloaded: true, now loaded: nothing"), printed);
            assertEquals(1, server.getConnectionCount());
        }
    }

    @Test
    void noServerIsNoException() {
        FakeServer gone = FakeServer.start();
        gone.close();
        assertEquals("Health: DOWN", run("http://127.0.0.1:" + gone.getPort()).strip());
    }

    private static String run(String url) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LocalLabServerTour.run(LocalLab.at(url), new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
