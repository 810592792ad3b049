package dev.tandem.examples;

import dev.tandem.error.AiException;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatEvent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Code that asks a model, as yours might: its test, {@code ConciergeTest}, shows how such code is tested. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class Concierge {
    private static final String BUSY = "I am busy just now. Please ask again in a minute.";

    private final JavaAiClient ai;

    public Concierge(JavaAiClient ai) {
        this.ai = ai;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider()).build()) {
            Concierge concierge = new Concierge(ai);
            out.println(concierge.answer("What is the capital of France?"));
            concierge.show("What is streaming?", out);
        }
    }

    /** What a guest gets to read, whatever happens. */
    public String answer(String question) {
        try {
            return ai.blocking().generate(question);
        } catch (AiException e) {
            if (e.isRetryable()) return BUSY;
            throw e;
        }
    }

    /** The same, and the guest need not wait here. */
    public CompletableFuture<String> answerLater(String question) {
        return ai.async().generate(question);
    }

    /** Word by word; a guest who is cut off is told so. */
    public void show(String question, PrintStream out) {
        try (ChatStream words = ai.blocking().stream(question)) {
            for (ChatEvent event : words) out.print(event.getText());
            out.println();
        } catch (AiException e) {
            out.println("… (" + BUSY + ")");
        }
    }
}
