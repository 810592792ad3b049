package dev.tandem.examples;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.testing.script.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingSearchTest {
    @TempDir
    Path folder;

    @Test
    void findsByMeaning() throws Exception {
        try (JavaAiClient ai =
                JavaAiClient.builder(ScriptedModel.builder().build()).build()) {
            Printed.by(out -> EmbeddingSearch.run(ai, folder.resolve("guide.index"), out))
                    .has("sync: Guide > Printer", " Guide > Printer\n", "kept, and read again: ", "not alike: 0.00");
        }
    }
}
