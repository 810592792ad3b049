package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(60)
class ShutdownTest {
    private final FakeServer server = FakeServer.start();
    private final CountDownLatch before = new CountDownLatch(1);
    private final CountDownLatch after = new CountDownLatch(1);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aCallThatEndsMeanwhileIsAnswered() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.enqueue(OpenAiReplies.chat("It is well").after(gate));
        ConfigurableApplicationContext context = start("1m");
        CompletableFuture<String> answer =
                context.getBean(JavaAiClient.class).async().generate("Is all well?");
        server.awaitRequest();
        CompletableFuture<Void> shutdown = CompletableFuture.runAsync(context::close);
        before.await();
        assertThat(after.getCount()).isEqualTo(1);
        gate.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("It is well");
        after.await();
        shutdown.get(30, TimeUnit.SECONDS);
    }

    @Test
    void workThatHasBegunMayAskOn() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.enqueue(OpenAiReplies.chat("one").after(gate), OpenAiReplies.chat("two"));
        ConfigurableApplicationContext context = start("1m");
        JavaAiClient ai = context.getBean(JavaAiClient.class);
        CompletableFuture<String> answer = ai.async().generate("One?").thenCompose(ai.async()::generate);
        server.awaitRequest();
        CompletableFuture<Void> shutdown = CompletableFuture.runAsync(context::close);
        before.await();
        gate.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("two");
        shutdown.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatNeverEndsIsCancelled() {
        server.always(Reply.silence());
        ConfigurableApplicationContext context = start("100ms");
        CompletableFuture<String> answer =
                context.getBean(JavaAiClient.class).async().generate("Is all well?");
        server.awaitRequest();
        context.close();
        server.awaitHangUp();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void theWebServerStopsBefore() {
        assertThat(CallsUnderWay.PHASE).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    /** With something that stops just before the client's calls are waited for, and something just after. */
    private ConfigurableApplicationContext start(String patience) {
        return Application.of(
                        WebApplicationType.NONE, server, "spring.lifecycle.timeout-per-shutdown-phase=" + patience)
                .initializers(context -> {
                    context.getBeanFactory()
                            .registerSingleton("before", new Stopping(CallsUnderWay.PHASE + 1, before::countDown));
                    context.getBeanFactory()
                            .registerSingleton("after", new Stopping(CallsUnderWay.PHASE - 1, after::countDown));
                })
                .run();
    }
}
