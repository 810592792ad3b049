package dev.tandem.examples.cli;

import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says after everybody what they say. As a program it takes its time, and lives until its input ends. */
final class EchoServer {
    private static final Pattern PROMPT = Pattern.compile("\"content\":\"([^\"]*)\"}][^\\[]*$");

    private EchoServer() {}

    /** The delay in milliseconds. Prints its URL. */
    public static void main(String[] arguments) throws IOException {
        long millis = Long.parseLong(arguments[0]);
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        try (FakeServer server = FakeServer.start()) {
            server.answering(request -> {
                CountDownLatch gate = new CountDownLatch(1);
                later.execute(gate::countDown);
                return answer(request).after(gate);
            });
            System.out.println(server.getUrl());
            while (System.in.read() >= 0) {
                // Until whoever started it lets go.
            }
        }
    }

    /** {@code bad} is refused, {@code never} hears nothing, and {@code forever} hears no end. */
    static Reply answer(FakeRequest request) {
        if (request.getPath().endsWith("/models")) return OpenAiReplies.models("fake-1", "fake-2");
        if (request.getPath().endsWith("/embeddings")) return OpenAiReplies.embeddings(new float[] {1, 2});
        Matcher found = PROMPT.matcher(request.getBody());
        String prompt = found.find() ? found.group(1) : "";
        if (prompt.equals("bad")) return OpenAiReplies.error(400, "not like this", "invalid_request_error", null);
        if (prompt.equals("never")) return Reply.silence();
        if (!request.getBody().contains("\"stream\":true")) return OpenAiReplies.chat("re: " + prompt);
        return prompt.equals("forever")
                ? OpenAiReplies.streamThenHold("and on ", "and on ")
                : OpenAiReplies.stream("re: ", prompt);
    }
}
