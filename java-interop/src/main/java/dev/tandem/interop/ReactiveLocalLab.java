package dev.tandem.interop;

import dev.tandem.locallab.LocalLabHealth;
import dev.tandem.locallab.LocalLabModel;
import dev.tandem.locallab.LocalLabServer;
import dev.tandem.locallab.LocalLabSystem;
import dev.tandem.model.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** The server as Reactive Streams: cold, and given up by cancelling, as with {@link ReactiveClient}. */
public final class ReactiveLocalLab {
    private final LocalLabServer core;

    ReactiveLocalLab(LocalLabServer core) {
        this.core = core;
    }

    /** Has the server load a model, and waits for it. False when the server goes on loading behind the scenes. */
    public Publisher<Boolean> load(String modelId) {
        return load(modelId, Options.NONE);
    }

    /** Has the server load a model, and waits for it. False when the server goes on loading behind the scenes. */
    public Publisher<Boolean> load(String modelId, Options options) {
        return Bridge.publisher(k -> core.load(modelId, options, k));
    }

    /** True also when there was none to unload. */
    public Publisher<Boolean> unload() {
        return Bridge.publisher(k -> core.unload(k));
    }

    /** The model that answers now. While there is none it completes without an item, which is how a publisher says so. */
    public Publisher<LocalLabModel> current() {
        return Bridge.publisherOptional(k -> core.current(k));
    }

    /** The models that the server knows by itself. */
    public Publisher<List<LocalLabModel>> list() {
        return Bridge.publisher(k -> core.list(k));
    }

    /** How far a model is loaded. */
    public Publisher<LocalLabModel> status(String modelId) {
        return Bridge.publisher(k -> core.status(modelId, k));
    }

    /** How the server is; no answer is an answer too. */
    public Publisher<LocalLabHealth> health() {
        return Bridge.publisher(k -> core.health(k));
    }

    /** The machine that the server runs on. */
    public Publisher<LocalLabSystem> systemInfo() {
        return Bridge.publisher(k -> core.systemInfo(k));
    }

    /** What the server tells all models. */
    public Publisher<String> instructions() {
        return instructions(null);
    }

    /** What the server tells a model; null asks for what it tells them all. */
    public Publisher<String> instructions(@Nullable String modelId) {
        return Bridge.publisher(k -> core.instructions(modelId, k));
    }

    /** Has the server tell a text to all models from now on. */
    public Publisher<Void> setInstructions(String text) {
        return setInstructions(text, null);
    }

    /** Has the server tell a text to a model, or to all, from now on. */
    public Publisher<Void> setInstructions(String text, @Nullable String modelId) {
        return Bridge.publisherDone(k -> core.setInstructions(text, modelId, k));
    }

    /** Back to what the server would tell all models by itself. */
    public Publisher<Void> resetInstructions() {
        return resetInstructions(null);
    }

    /** Back to what the server would tell a model, or all of them, by itself. */
    public Publisher<Void> resetInstructions(@Nullable String modelId) {
        return Bridge.publisherDone(k -> core.resetInstructions(modelId, k));
    }

    /** The answers to prompts, in their order, as one request: if one fails all do. */
    public Publisher<List<String>> batchGenerate(List<String> prompts) {
        return batchGenerate(prompts, Options.NONE);
    }

    /** The answers to prompts, in their order, as one request: if one fails all do. */
    public Publisher<List<String>> batchGenerate(List<String> prompts, Options options) {
        return Bridge.publisher(k -> core.batchGenerate(prompts, options, k));
    }
}
