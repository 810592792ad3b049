package dev.tandem.examples;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.telemetry.CallListener;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Somebody else is asked when a provider fails, nobody asks one that is down, and what takes long is asked once more.
 * A script answers: for a model put {@code OpenAi.fromEnvironment()} in its place, with {@code OPENAI_API_KEY} set.
 */
public final class FallbackAndHedging {
    private final PrintStream out;
    private final CallListener listener;

    private FallbackAndHedging(PrintStream out) {
        this.out = out;
        this.listener = (call, event) -> {
            if (event instanceof CallEvent.FellBack
                    || event instanceof CallEvent.CircuitChanged
                    || event == CallEvent.Hedged.INSTANCE) {
                out.println("  " + event);
            }
        };
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(ProviderChoice.SCRIPT);
        run(out);
    }

    static void run(PrintStream out) {
        FallbackAndHedging recipe = new FallbackAndHedging(out);
        recipe.fallback();
        recipe.hedging();
    }

    /** After two failures in a row the first one is left alone for half a minute: the third call is not even tried there. */
    private void fallback() {
        ScriptedModel first = ScriptedModel.builder()
                .name("first")
                .otherwise(ScriptedReply.failure(Faults::overloaded))
                .build();
        ScriptedModel second = ScriptedModel.builder()
                .name("second")
                .otherwise(ScriptedReply.text("The second one says hello."))
                .build();
        try (JavaAiClient ai = JavaAiClient.builder(first)
                .retry(RetryPolicy.NONE)
                .circuitBreaker(b -> b.failures(2).pauseMillis(30_000))
                .alternative(second, a -> a.model("another-model"))
                .listener(listener)
                .build()) {
            out.println("sync: " + ai.blocking().generate("Hello"));
            out.println("async: " + ai.async().generate("Hello").join());
            out.println("once more: " + ai.blocking().generate("Hello"));
        }
        out.println("asked the first one " + first.getRequests().size() + " times, the second one "
                + second.getRequests().size() + " times");
    }

    /** Without afterMillis, what takes longer than nineteen of twenty calls did lately. The slower one of both is cancelled. */
    private void hedging() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.text("Late.").after(Duration.ofSeconds(20)), ScriptedReply.text("In time."));
        try (JavaAiClient ai = JavaAiClient.builder(model)
                .hedging(h -> h.afterMillis(200).share(0.05))
                .listener(listener)
                .build()) {
            Stopwatch watch = Stopwatch.start();
            out.println("hedged: " + ai.blocking().generate("Hello") + " after " + watch + ", not 20 s");
        }
    }
}
