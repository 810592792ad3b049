package dev.tandem.examples;

import dev.tandem.llama.Llama;
import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.OpenAi;
import java.util.Map;

/** OpenAI where there is a key for it, else the tiny model that is bundled: every recipe runs without a key. */
public record ProviderChoice(Provider provider, String explanation) {
    /** What a recipe says whose model is a script. */
    public static final String SCRIPT = "A script answers here, so that the times are known. For a model: "
            + "OpenAi.fromEnvironment() in its place, with OPENAI_API_KEY set.";

    public static ProviderChoice from(Map<String, String> environment) {
        if (!environment.getOrDefault("OPENAI_API_KEY", "").isBlank()) {
            return new ProviderChoice(OpenAi.fromEnvironment(), "Found OPENAI_API_KEY, so this asks OpenAI.");
        }
        return new ProviderChoice(Llama.bundled(), """
                No OPENAI_API_KEY in the environment, so this asks Pebble, a real but tiny model (1.6 million parameters)
                that runs inside this program. It knows about twenty facts and is wrong about everything else.""");
    }
}
