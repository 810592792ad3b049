package dev.tandem.examples.cli.provider;

import dev.tandem.model.OptionsBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model is to answer. */
public final class ChatOptions {
    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told before all else.")
    private @Nullable String system;

    @Option(names = "--temperature", paramLabel = "NUMBER", description = "0 to 2.")
    private @Nullable Double temperature;

    @Option(names = "--max-tokens", paramLabel = "COUNT", description = "The longest an answer may be.")
    private @Nullable Integer maxTokens;

    public Optional<String> system() {
        return Optional.ofNullable(system);
    }

    /** All of it but the system text, which is a message. */
    public <B extends OptionsBuilder<B>> B into(B options) {
        return options.temperature(temperature).maxTokens(maxTokens);
    }
}
