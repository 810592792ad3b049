package dev.tandem.examples;

import dev.tandem.accounting.Budget;
import dev.tandem.accounting.Price;
import dev.tandem.accounting.Prices;
import dev.tandem.error.BudgetExceededException;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.provider.Provider;
import dev.tandem.resilience.Jitter;
import dev.tandem.telemetry.LogLines;
import dev.tandem.telemetry.Stats;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What calls do, how long they take and what they cost. Nothing shows what is asked or answered unless it is told to.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class Telemetry {
    private final JavaAiClient ai;
    private final PrintStream out;

    private Telemetry(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        run(out);
    }

    static void run(PrintStream out) {
        Provider model = ScriptedModel.saying(
                ScriptedReply.failure(Faults::serverError),
                ScriptedReply.text("Hello.").usage(1_000, 500),
                ScriptedReply.text("Oslo.").usage(2_000, 500));
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .model("scripted-1")
                .maxTokens(500)
                .prices(Prices.bundled().with("scripted-1", new Price(2.50, 10.00)))
                .budget(Budget.ofUsd(0.02))
                .retry(r -> r.firstPauseMillis(50).jitter(Jitter.NONE))
                .listener(LogLines.to((level, line, error) -> out.println("  " + level + " " + line)))
                .listener((call, event) -> {
                    if (event instanceof CallEvent.Completed done) out.println("  this call cost $" + done.getUsd());
                })
                .build()) {
            Telemetry recipe = new Telemetry(ai, out);
            recipe.calls();
            recipe.statistics();
            recipe.spending();
        }
    }

    /** A tag says whose call it is. */
    private void calls() {
        out.println(ai.blocking()
                .generate("Hello", CallOptions.builder().tag("greetings").build()));
        out.println(ai.async().generate("What is the capital of Norway?").join());
    }

    private void statistics() {
        Stats stats = ai.stats();
        out.println(stats);
        out.printf(
                "p95 %.0f ms, %d tokens in, %d out%n",
                stats.getP95LatencyMillis(), stats.getInputTokens(), stats.getOutputTokens());
        ai.resetStats();
    }

    /** What would be too dear is refused before it is sent. */
    private void spending() {
        out.println(ai.spending());
        out.println("greetings: " + ai.spending("greetings"));
        try {
            ai.blocking().generate("Tell me more");
        } catch (BudgetExceededException e) {
            out.println("refused: " + e.getMessage());
        }
    }
}
