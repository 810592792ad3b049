package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.batch.BatchMode;
import dev.tandem.batch.BatchResult;
import dev.tandem.batch.BatchTask;
import dev.tandem.batch.provider.Pauses;
import dev.tandem.batch.provider.PieceSize;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.OpenAiBatchPlay;
import dev.tandem.testing.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The provider's own batches, behind the same call. */
class ProviderBatchTest {
    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    Path folder;

    private final OpenAiBatchPlay play = new OpenAiBatchPlay();

    @Test
    void theProviderDoesTheWork() {
        scene.server.answering(this::answer);
        JavaBatch<String, String> batch = JavaBatch.builder(scene.ai, BatchTask.generate())
                .mode(BatchMode.PROVIDER)
                .pieces(PieceSize.of(2, 1_000_000), 4)
                .pauses(Pauses.builder().firstMillis(1).longestMillis(2).build())
                .journal(folder.resolve("run.journal"))
                .build();
        for (int run = 0; run < 2; run++) {
            List<BatchResult<String, String>> results = batch.blocking().completeBatch(List.of("a", "b", "c"));
            assertEquals(
                    List.of("a", "b", "c"),
                    results.stream().map(BatchResult::orThrow).collect(Collectors.toList()));
        }
        assertEquals(2, play.getBatches().size());
    }

    /** Each batch is done as soon as somebody looks. */
    private Reply answer(FakeRequest request) {
        String id = request.getPath().replaceFirst(".*/batches/", "");
        if (request.getMethod().equals("GET") && play.getBatches().contains(id)) play.complete(id);
        return play.answer(request);
    }
}
