package dev.tandem.examples.patterns;

import dev.tandem.error.AiException;
import dev.tandem.error.IncompleteStreamException;
import dev.tandem.examples.PrintingSubscriber;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.Stopwatch;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatEvent;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Pattern 4: an answer while it is made. What goes wrong is an exception: no stream is empty, or over too early, without a word.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class Streaming {
    private static final String STORY = "Tell a story";

    private final JavaAiClient ai;
    private final PrintStream out;

    private Streaming(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        run(out);
    }

    static void run(PrintStream out) {
        ScriptedReply story = ScriptedReply.text("Once there was a socket that nobody closed.");
        ScriptedModel model = ScriptedModel.builder()
                .replyTo("story", story.every(Duration.ofMillis(50)))
                .replyTo("key", ScriptedReply.failure(Faults::unauthorized))
                .replyTo("cut", ScriptedReply.pieces("Once there", " was").thenBreak())
                .build();
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            Streaming recipe = new Streaming(ai, out);
            recipe.sync();
            recipe.async();
            recipe.reactive();
            recipe.failures();
        }
    }

    /** Leaving the loop early, by a break or an exception, ends the request too. */
    private void sync() {
        Stopwatch watch = Stopwatch.start();
        try (BlockingStream<String> pieces = ai.blocking().streamText(STORY)) {
            boolean isFirst = true;
            for (String piece : pieces) {
                if (isFirst) out.println("sync, the first word after " + watch + ":");
                isFirst = false;
                out.print(piece);
            }
        }
        out.println();
        out.println("all of it after " + watch);
    }

    private void async() {
        CompletableFuture<?> end = ai.async().streamText(STORY, out::print);
        end.join();
        out.println(" (async)");
    }

    /** The next event is made when the subscriber asks for it. */
    private void reactive() {
        PrintingSubscriber<ChatEvent> subscriber = new PrintingSubscriber<>(out, ChatEvent::getText);
        ai.reactive().stream(STORY).subscribe(subscriber);
        subscriber.await();
        out.println(" (reactive)");
    }

    private void failures() {
        try (ChatStream stream = ai.blocking().stream("Is the key right?")) {
            for (ChatEvent event : stream) out.print(event.getText());
        } catch (AiException e) {
            out.println("refused: " + e.getClass().getSimpleName() + ", status " + e.getStatus());
        }
        try (ChatStream stream = ai.blocking().stream("To be cut off")) {
            for (ChatEvent event : stream) out.print(event.getText());
        } catch (IncompleteStreamException e) {
            out.println(
                    "… broke off, and here is what had come: " + e.getPartial().getText());
        }
    }
}
