package dev.tandem.bench.tandem;

import dev.tandem.bench.BlockingCalls;
import dev.tandem.bench.BlockingStreams;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Site;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import java.util.List;
import java.util.function.Consumer;

/** Tandem's blocking calls. */
public final class BlockingTandem implements BlockingCalls, BlockingStreams {
    private final JavaAiClient ai;

    public BlockingTandem(Site site) {
        ai = JavaAiClient.of(Clients.open(site));
    }

    @Override
    public String call(String prompt) {
        return ai.blocking().generate(prompt);
    }

    @Override
    public void stream(String prompt, Consumer<String> onDelta) {
        try (BlockingStream<String> deltas = ai.blocking().streamText(prompt)) {
            for (String delta : deltas) onDelta.accept(delta);
        }
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        return Clients.numbers(
                ai.blocking().embed(Clients.embeddings(texts, encoding)).getEmbeddings());
    }

    @Override
    public void close() {
        ai.close();
    }
}
