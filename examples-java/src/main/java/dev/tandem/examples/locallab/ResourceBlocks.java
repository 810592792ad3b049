package dev.tandem.examples.locallab;

import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaLocalLab;
import dev.tandem.provider.locallab.LocalLab;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Who closes what: one block for all styles. Needs no server; {@code LOCALLAB_BASE_URL} and {@code LOCALLAB_API_KEY} name yours. */
public final class ResourceBlocks {
    private ResourceBlocks() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LabChoice choice = LabChoice.from(System.getenv())) {
            out.println(choice.explanation());
            run(choice.provider(), out);
        }
    }

    static void run(LocalLab provider, PrintStream out) {
        JavaAiClient ai = JavaAiClient.builder(provider).build();
        CompletableFuture<String> later;
        // Two clients of one server that share its connections: closing either closes both.
        try (ai;
                JavaLocalLab lab = JavaLocalLab.of(ai)) {
            out.println("sync: " + ai.blocking().generate("Hello") + ", "
                    + lab.blocking().health());
            later = ai.async().generate("Hello again");
            out.println("async: " + later.join());
            try (BlockingStream<String> pieces = ai.blocking().streamText("Count")) {
                out.println("the first piece is enough: " + pieces.iterator().next());
            }
        }
        ai.close();
        try {
            ai.blocking().generate("Hello");
        } catch (IllegalStateException e) {
            out.println("after the end: " + e.getMessage());
        }
    }
}
