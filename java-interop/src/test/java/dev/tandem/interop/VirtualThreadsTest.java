package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Blocking calls by the hundred: on virtual threads where the JDK has them (21 and newer), on plain ones elsewhere. */
class VirtualThreadsTest {
    @Test
    void fiveHundredBlockingCallsAtOnce() throws Exception {
        ExecutorService executor = newExecutor();
        try (FakeServer server = FakeServer.start().always(OpenAiReplies.stream("a", "b"));
                JavaAiClient ai = Fixtures.clientOf(server)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) answers.add(executor.submit(() -> read(ai)));
            for (Future<String> answer : answers) assertEquals("ab", answer.get(60, TimeUnit.SECONDS));
        } finally {
            executor.shutdownNow();
        }
    }

    private static String read(JavaAiClient ai) {
        try (ChatStream stream = ai.blocking().stream("Hi")) {
            return stream.response().getText();
        }
    }

    private static ExecutorService newExecutor() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) return Executors.newCachedThreadPool();
        Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        return (ExecutorService) virtual.invoke(null);
    }
}
