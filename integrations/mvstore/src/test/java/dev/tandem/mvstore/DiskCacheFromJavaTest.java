package dev.tandem.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cache.Cache;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheFromJavaTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void anAnswerOutlivesTheClientThatAskedForIt() throws Exception {
        Path path = folder.resolve("answers.mv");
        try (FakeServer server = FakeServer.start()) {
            server.always(OpenAiReplies.chat("Hello"));
            for (int run = 0; run < 3; run++) {
                try (DiskCache store = DiskCache.builder(path)
                                .maxEntries(1_000)
                                .maxBytes(10_000_000)
                                .open();
                        JavaAiClient ai = client(server, store)) {
                    assertEquals("Hello", ai.blocking().generate("Hi"));
                    // An answer is kept after its caller has it.
                    while (store.getSize() == 0) Thread.onSpinWait();
                }
            }
            assertEquals(1, server.getRequests().size());
        }
        try (DiskCache store = DiskCache.open(path)) {
            assertEquals(1, store.getSize());
            assertEquals(path, store.getPath());
            assertNull(store.getDamagedFile());
        }
    }

    @Test
    void aFileInUseIsNamed() {
        Path path = folder.resolve("answers.mv");
        try (DiskCache cache = DiskCache.open(path)) {
            CacheInUseException error = assertThrows(CacheInUseException.class, () -> DiskCache.open(path));
            assertTrue(String.valueOf(error.getMessage()).contains("answers.mv is in use"));
            assertEquals(0, cache.getSize());
        }
    }

    private static JavaAiClient client(FakeServer server, DiskCache store) {
        return JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                .model("fake-1")
                .cache(Cache.of(store))
                .build();
    }
}
