package dev.tandem.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.examples.webchat.WebChat;
import dev.tandem.examples.webchat.chat.Limits;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model's server that answers by what it is asked, the chat before it, and an address at which the program in the browser
 * says what is to happen behind its back: {@code /release} opens the gate, {@code /await-hang-up} returns when the model's
 * server has seen the socket of an unfinished answer close, {@code /last-request} is what the model was told.
 */
final class Stage implements AutoCloseable {
    /** Runs in a browser that takes it for HTML. */
    static final String ATTACK =
            "<img src=x onerror=\"window.attacked = true\"><script>window.attacked = true</script>";

    private static final String HAIKU = "Small words in a row,\ntokens falling like the rain,\na stream finds its way.";

    private final CountDownLatch gate = new CountDownLatch(1);
    private final FakeServer model = FakeServer.start().answering(this::answer);
    private final JavaAiClient ai;
    private final WebChat web;
    private final HttpServer control;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Stage() throws IOException {
        ai = JavaAiClient.builder(OpenAi.compatible(model.getUrl(), "sk-nobody-may-see-this"))
                .model("fake-1")
                .retry(RetryPolicy.NONE)
                .build();
        web = WebChat.start(ai, "A model that does as it is told answers.", 0, Limits.STANDARD);
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/", this::control);
        control.setExecutor(threads);
        control.start();
    }

    String url() {
        return web.url();
    }

    String controlUrl() {
        return "http://127.0.0.1:" + control.getAddress().getPort();
    }

    private Reply answer(FakeRequest request) {
        String body = request.getBody();
        String last = body.substring(body.lastIndexOf("\"role\":\"user\""));
        if (last.contains("Count.")) {
            int first = OpenAiReplies.streamThenHold("One").getSize();
            return OpenAiReplies.stream("One", ", two", ", three.").pauseAt(first, gate);
        }
        if (last.contains("Tell me a story.")) return OpenAiReplies.streamThenHold("Once upon a time");
        if (last.contains("Be silent.")) return Reply.silence();
        if (last.contains("Attack.")) return OpenAiReplies.stream(ATTACK);
        if (last.contains("Fail.")) return OpenAiReplies.error(401, "bad key sk-nobody-may-see-this", "auth", null);
        if (last.contains("Break off.")) return OpenAiReplies.streamWithoutEnd("Once upon");
        if (last.contains("Talk.")) return OpenAiReplies.stream("A line of a long answer.\n".repeat(200));
        if (last.contains("haiku")) return OpenAiReplies.stream(HAIKU);
        return OpenAiReplies.stream(
                "A coroutine is a light task ", "that can pause and resume without blocking a thread.");
    }

    private void control(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] said = done(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
        } catch (IllegalStateException e) {
            // It waited in vain: the connection closes without an answer.
            System.out.println(e);
        }
    }

    /** What there is to say about it. */
    private String done(String wish) {
        switch (wish) {
            case "/release" -> gate.countDown();
            case "/await-request" -> model.awaitRequest();
            case "/await-hang-up" -> model.awaitHangUp();
            case "/last-request" -> {
                List<FakeRequest> requests = model.getRequests();
                return requests.get(requests.size() - 1).getBody();
            }
            default -> throw new IllegalStateException("no such wish: " + wish);
        }
        return "done";
    }

    @Override
    public void close() {
        web.close();
        ai.close();
        model.close();
        control.stop(0);
        threads.shutdownNow();
    }
}
