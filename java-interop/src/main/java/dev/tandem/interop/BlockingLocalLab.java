package dev.tandem.interop;

import dev.tandem.locallab.LocalLabHealth;
import dev.tandem.locallab.LocalLabModel;
import dev.tandem.locallab.LocalLabServer;
import dev.tandem.locallab.LocalLabSystem;
import dev.tandem.model.Options;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server as calls that return when they are done. An interrupt cancels a call, as with {@link BlockingClient}. */
public final class BlockingLocalLab {
    private final LocalLabServer core;

    BlockingLocalLab(LocalLabServer core) {
        this.core = core;
    }

    /** Has the server load a model, and waits for it. False when the server goes on loading behind the scenes. */
    public boolean load(String modelId) {
        return load(modelId, Options.NONE);
    }

    /** Has the server load a model, and waits for it. False when the server goes on loading behind the scenes. */
    public boolean load(String modelId, Options options) {
        return Bridge.block(k -> core.load(modelId, options, k));
    }

    /** True also when there was none to unload. */
    public boolean unload() {
        return Bridge.block(k -> core.unload(k));
    }

    /** The model that answers now; empty while there is none. */
    public Optional<LocalLabModel> current() {
        return Bridge.blockOptional(k -> core.current(k));
    }

    /** The models that the server knows by itself. */
    public List<LocalLabModel> list() {
        return Bridge.block(k -> core.list(k));
    }

    /** How far a model is loaded. */
    public LocalLabModel status(String modelId) {
        return Bridge.block(k -> core.status(modelId, k));
    }

    /** How the server is; no answer is an answer too. */
    public LocalLabHealth health() {
        return Bridge.block(k -> core.health(k));
    }

    /** The machine that the server runs on. */
    public LocalLabSystem systemInfo() {
        return Bridge.block(k -> core.systemInfo(k));
    }

    /** What the server tells all models. */
    public String instructions() {
        return instructions(null);
    }

    /** What the server tells a model; null asks for what it tells them all. */
    public String instructions(@Nullable String modelId) {
        return Bridge.block(k -> core.instructions(modelId, k));
    }

    /** Has the server tell a text to all models from now on. */
    public void setInstructions(String text) {
        setInstructions(text, null);
    }

    /** Has the server tell a text to a model, or to all, from now on. */
    public void setInstructions(String text, @Nullable String modelId) {
        Bridge.block(k -> core.setInstructions(text, modelId, k));
    }

    /** Back to what the server would tell all models by itself. */
    public void resetInstructions() {
        resetInstructions(null);
    }

    /** Back to what the server would tell a model, or all of them, by itself. */
    public void resetInstructions(@Nullable String modelId) {
        Bridge.block(k -> core.resetInstructions(modelId, k));
    }

    /** The answers to prompts, in their order, as one request: if one fails all do. */
    public List<String> batchGenerate(List<String> prompts) {
        return batchGenerate(prompts, Options.NONE);
    }

    /** The answers to prompts, in their order, as one request: if one fails all do. */
    public List<String> batchGenerate(List<String> prompts, Options options) {
        return Bridge.block(k -> core.batchGenerate(prompts, options, k));
    }
}
