package dev.tandem.examples.project;

import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kotlinx.serialization.json.JsonObject;
import org.reactivestreams.Publisher;

/** A client of a project's files: what Tandem has no name for gets one in a few lines. */
record Files(JavaAiClient ai) {
    BlockingStream<JsonObject> list() {
        return ai.blocking().list("/files?limit=2");
    }

    CompletableFuture<?> listLater(Consumer<JsonObject> each) {
        return ai.async().list("/files?limit=2", each);
    }

    Publisher<JsonObject> listAsWanted() {
        return ai.reactive().list("/files?limit=2");
    }
}
