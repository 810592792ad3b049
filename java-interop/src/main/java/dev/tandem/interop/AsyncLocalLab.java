package dev.tandem.interop;

import dev.tandem.locallab.LocalLabHealth;
import dev.tandem.locallab.LocalLabModel;
import dev.tandem.locallab.LocalLabServer;
import dev.tandem.locallab.LocalLabSystem;
import dev.tandem.model.Options;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The server as futures. What {@link Views#async} says of them holds here too. */
public final class AsyncLocalLab {
    private final LocalLabServer core;

    AsyncLocalLab(LocalLabServer core) {
        this.core = core;
    }

    /** Has the server load a model, and waits for it. False when the server goes on loading behind the scenes. */
    public CompletableFuture<Boolean> load(String modelId) {
        return load(modelId, Options.NONE);
    }

    /** Has the server load a model, and waits for it. False when the server goes on loading behind the scenes. */
    public CompletableFuture<Boolean> load(String modelId, Options options) {
        return Bridge.future(k -> core.load(modelId, options, k));
    }

    /** True also when there was none to unload. */
    public CompletableFuture<Boolean> unload() {
        return Bridge.future(k -> core.unload(k));
    }

    /** The model that answers now; empty while there is none. */
    public CompletableFuture<Optional<LocalLabModel>> current() {
        return Bridge.futureOptional(k -> core.current(k));
    }

    /** The models that the server knows by itself. */
    public CompletableFuture<List<LocalLabModel>> list() {
        return Bridge.future(k -> core.list(k));
    }

    /** How far a model is loaded. */
    public CompletableFuture<LocalLabModel> status(String modelId) {
        return Bridge.future(k -> core.status(modelId, k));
    }

    /** How the server is; no answer is an answer too. */
    public CompletableFuture<LocalLabHealth> health() {
        return Bridge.future(k -> core.health(k));
    }

    /** The machine that the server runs on. */
    public CompletableFuture<LocalLabSystem> systemInfo() {
        return Bridge.future(k -> core.systemInfo(k));
    }

    /** What the server tells all models. */
    public CompletableFuture<String> instructions() {
        return instructions(null);
    }

    /** What the server tells a model; null asks for what it tells them all. */
    public CompletableFuture<String> instructions(@Nullable String modelId) {
        return Bridge.future(k -> core.instructions(modelId, k));
    }

    /** Has the server tell a text to all models from now on. */
    public CompletableFuture<@Nullable Void> setInstructions(String text) {
        return setInstructions(text, null);
    }

    /** Has the server tell a text to a model, or to all, from now on. */
    public CompletableFuture<@Nullable Void> setInstructions(String text, @Nullable String modelId) {
        return Bridge.futureDone(k -> core.setInstructions(text, modelId, k));
    }

    /** Back to what the server would tell all models by itself. */
    public CompletableFuture<@Nullable Void> resetInstructions() {
        return resetInstructions(null);
    }

    /** Back to what the server would tell a model, or all of them, by itself. */
    public CompletableFuture<@Nullable Void> resetInstructions(@Nullable String modelId) {
        return Bridge.futureDone(k -> core.resetInstructions(modelId, k));
    }

    /** The answers to prompts, in their order, as one request: if one fails all do. */
    public CompletableFuture<List<String>> batchGenerate(List<String> prompts) {
        return batchGenerate(prompts, Options.NONE);
    }

    /** The answers to prompts, in their order, as one request: if one fails all do. */
    public CompletableFuture<List<String>> batchGenerate(List<String> prompts, Options options) {
        return Bridge.future(k -> core.batchGenerate(prompts, options, k));
    }
}
