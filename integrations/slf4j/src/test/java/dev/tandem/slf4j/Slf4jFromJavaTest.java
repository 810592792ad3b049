package dev.tandem.slf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.platform.ContextCarrier;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class Slf4jFromJavaTest {
    @Test
    void callsAreLinesOfTheLoggerThatIsNamed() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("java.calls");
        logger.setLevel(Level.DEBUG);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (FakeServer server = FakeServer.start();
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                        .model("fake-1")
                        .listener(Slf4jListener.builder().logger("java.calls").build())
                        .build()) {
            server.enqueue(OpenAiReplies.chat("It is well"));
            ai.blocking().generate("Is all well?");
        }
        String first = lines.list.get(0).getFormattedMessage();
        String last = lines.list.get(lines.list.size() - 1).getFormattedMessage();
        assertTrue(first.endsWith("(chat, openai-compatible, fake-1): started"), first);
        assertTrue(last.contains("completed in "), last);
    }

    @Test
    void theCarrierIsFoundByItself() throws Exception {
        ContextCarrier carrier =
                ServiceLoader.load(ContextCarrier.class).findFirst().orElseThrow();
        MDC.put("order", "7");
        ContextCarrier.Captured captured = carrier.capture();
        MDC.remove("order");
        AutoCloseable entered = captured.enter();
        assertEquals("7", MDC.get("order"));
        entered.close();
        assertNull(MDC.get("order"));
    }
}
