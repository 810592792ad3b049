package dev.tandem.examples.graphbit;

import dev.tandem.examples.ProviderChoice;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.WorkerThreads;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** All that docs/from-graphbit.md shows, in its order. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class FromGraphBit {
    private FromGraphBit() {}

    public static void main(String[] args) {
        WorkerThreads.configure(4);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider()).build()) {
            run(ai, out);
        }
    }

    static void run(JavaAiClient ai, PrintStream out) {
        Shown shown = new Shown(out);
        new Providers(shown).run();
        new Calls(ai, shown).run();
        new Graphs(ai, shown).run();
        new Texts(ai, shown).run();
    }
}
