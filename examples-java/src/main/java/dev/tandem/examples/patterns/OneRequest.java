package dev.tandem.examples.patterns;

import dev.tandem.examples.PrintingSubscriber;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.interop.JavaAiClient;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Pattern 1: one request, in each style. All three go by one client, and so by one connection. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class OneRequest {
    private final JavaAiClient ai;
    private final PrintStream out;

    private OneRequest(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider()).build()) {
            run(ai, out);
        }
    }

    static void run(JavaAiClient ai, PrintStream out) {
        OneRequest recipe = new OneRequest(ai, out);
        recipe.sync();
        recipe.async();
        recipe.reactive();
    }

    private void sync() {
        out.println("sync: " + ai.blocking().generate("What is the capital of France?"));
    }

    private void async() {
        CompletableFuture<String> answer = ai.async().generate("What is the capital of Japan?");
        out.println("asked, and free to do something else");
        out.println("async: " + answer.join());
    }

    private void reactive() {
        PrintingSubscriber<String> subscriber = new PrintingSubscriber<>(out, text -> "reactive: " + text);
        ai.reactive().generate("What is the capital of Germany?").subscribe(subscriber);
        subscriber.await();
        out.println();
    }
}
