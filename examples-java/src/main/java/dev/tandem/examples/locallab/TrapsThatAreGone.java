package dev.tandem.examples.locallab;

import dev.tandem.error.AiException;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaLocalLab;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Options;
import dev.tandem.model.Timer;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.LocalLabReplies;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What was silent, glued together or sent twice before, each on a server that misbehaves as told: a real one cannot be asked to.
 * For a real one put {@code LocalLab.fromEnvironment()} in its place; a key, if it wants one, is in {@code LOCALLAB_API_KEY}.
 */
public final class TrapsThatAreGone {
    private final FakeServer server;
    private final JavaAiClient ai;
    private final PrintStream out;

    private TrapsThatAreGone(FakeServer server, JavaAiClient ai, PrintStream out) {
        this.server = server;
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) {
        try (FakeServer server = FakeServer.start();
                JavaAiClient ai = JavaAiClient.builder(LabChoice.at(server)).build()) {
            TrapsThatAreGone recipe = new TrapsThatAreGone(server, ai, out);
            recipe.spacesAndLines();
            recipe.chatsStream();
            recipe.failures();
            recipe.nothingIsSentTwice();
            recipe.nothingBeforeItIsRead();
            recipe.unloading();
        }
    }

    private void spacesAndLines() {
        server.enqueue(LocalLabReplies.stream("The ", "quick ", "fox\n", "jumps"));
        show("spaces and lines", "Write", Options.NONE);
    }

    private void chatsStream() {
        server.enqueue(LocalLabReplies.chatStream("The ", "quick ", "fox"));
        ChatRequest talk = ChatRequest.builder()
                .user("Hi")
                .assistant("Hello")
                .user("Write")
                .build();
        out.print("a chat: ");
        ai.async().streamText(talk, out::print).join();
        out.println();
    }

    private void failures() {
        server.enqueue(LocalLabReplies.streamThenError("CUDA out of memory", "The "));
        show("the model fails", "Write", Options.NONE);
        server.enqueue(LocalLabReplies.streamWithoutEnd("The ", "quick"));
        show("the connection is lost", "Write", Options.NONE);
        server.enqueue(LocalLabReplies.invalid("temperature", "too hot"));
        show("the server refuses", "Write", Options.NONE);
    }

    private void nothingIsSentTwice() {
        int before = server.getRequests().size();
        server.enqueue(LocalLabReplies.streamThenHold("The "));
        Options hasty =
                CallOptions.builder().timer(Timer.IDLE, Duration.ofMillis(200)).build();
        show("silence in mid-stream", "Write", hasty);
        out.println("  sent " + (server.getRequests().size() - before) + " time(s)");
    }

    private void nothingBeforeItIsRead() {
        int before = server.getRequests().size();
        ai.blocking().streamText("Write").close();
        out.println("a stream that nobody reads: sent " + (server.getRequests().size() - before) + " time(s)");
    }

    private void unloading() {
        server.enqueue(LocalLabReplies.status("success", "unloaded"));
        out.println("unloaded: " + JavaLocalLab.of(ai).blocking().unload());
    }

    private void show(String title, String prompt, Options options) {
        out.print(title + ": ");
        try (BlockingStream<String> pieces = ai.blocking().streamText(prompt, options)) {
            for (String piece : pieces) out.print(piece);
            out.println();
        } catch (AiException e) {
            out.println("| " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
