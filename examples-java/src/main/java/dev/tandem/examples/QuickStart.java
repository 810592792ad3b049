package dev.tandem.examples;

import dev.tandem.error.AiException;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.Options;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The first five minutes: one client, asked in every style of Java. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class QuickStart {
    private static final int AT_ONCE = 50;
    private static final List<String> WORDS =
            List.of("apple", "river", "stone", "cloud", "garden", "winter", "bridge", "forest", "ocean", "music");
    private static final Options SHORT =
            CallOptions.builder().maxTokens(200).timeout(Duration.ofSeconds(30)).build();

    private final JavaAiClient ai;
    private final PrintStream out;

    private QuickStart(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider()).build()) {
            run(ai, out);
        } catch (AiException e) {
            out.println();
            out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            System.exit(1);
        }
    }

    static void run(JavaAiClient ai, PrintStream out) {
        QuickStart quickStart = new QuickStart(ai, out);
        quickStart.warmUp();
        quickStart.blocking();
        quickStart.future();
        quickStart.streamed();
        quickStart.publisher();
        quickStart.manyAtOnce();
        quickStart.whereToGoNext();
    }

    private void warmUp() {
        Stopwatch watch = Stopwatch.start();
        ai.blocking().warmUp();
        out.printf("Ready in %s (the model is loaded, or the connection open).%n%n", watch);
    }

    private void blocking() {
        heading("1. Blocking", "ai.blocking().generate(\"What is a coroutine?\")");
        Stopwatch watch = Stopwatch.start();
        out.println(ai.blocking().generate("What is a coroutine?", SHORT));
        done(watch);
    }

    private void future() {
        heading("2. CompletableFuture", "ai.async().generate(\"What is the capital of France?\").thenAccept(…)");
        Stopwatch watch = Stopwatch.start();
        CompletableFuture<Void> printed =
                ai.async().generate("What is the capital of France?", SHORT).thenAccept(out::println);
        out.println("(asked, and free to do something else meanwhile)");
        printed.join();
        done(watch);
    }

    private void streamed() {
        heading("3. Streamed, blocking", "for (ChatEvent event : ai.blocking().stream(\"Write a haiku.\")) …");
        Stopwatch watch = Stopwatch.start();
        int pieces = 0;
        try (ChatStream stream = ai.blocking().stream("Write a haiku.", SHORT)) {
            for (ChatEvent event : stream) {
                out.print(event.getText());
                out.flush();
                if (!event.getText().isEmpty()) pieces++;
            }
            out.printf("%n(%d pieces, %s)", pieces, stream.response().getUsage());
        }
        done(watch);
    }

    private void publisher() {
        heading("4. Publisher", "ai.reactive().stream(\"What is streaming?\").subscribe(subscriber)");
        Stopwatch watch = Stopwatch.start();
        PrintingSubscriber<ChatEvent> subscriber = new PrintingSubscriber<>(out, ChatEvent::getText);
        ai.reactive().stream("What is streaming?", SHORT).subscribe(subscriber);
        subscriber.await();
        done(watch);
    }

    private void manyAtOnce() {
        heading("5. " + AT_ONCE + " prompts at once", "one client, no thread for each");
        Stopwatch watch = Stopwatch.start();
        out.print("[");
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            answers.add(ai.async()
                    .generate("Say " + WORDS.get(i % WORDS.size()) + ".", SHORT)
                    .whenComplete((answer, error) -> tick()));
        }
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).join();
        out.println("]");
        out.println("The first: " + answers.get(0).join());
        out.println("The last:  " + answers.get(AT_ONCE - 1).join());
        done(watch);
    }

    private void tick() {
        out.print("#");
        out.flush();
    }

    private void whereToGoNext() {
        out.println(ai.stats());
        out.println();
        out.println(
                "Where to go next: README.md, then this file: examples-java/src/main/java/dev/tandem/examples/QuickStart.java");
    }

    private void heading(String style, String code) {
        out.println(style + ":  " + code);
    }

    private void done(Stopwatch watch) {
        out.printf("%n   %s%n%n", watch);
    }
}
