package dev.tandem.examples.cli.provider;

import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.Provider;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is asked, for every command. */
public final class ProviderOptions {
    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = {
                "openai, anthropic, gemini, ollama, groq, ..., or bundled. Keys are read from the environment only.",
                "Without it: --url, or OpenAI where OPENAI_API_KEY is set, or the bundled model."
            })
    private @Nullable String provider;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Another address of the provider. Alone: a server of OpenAI's wire, with the key in TANDEM_API_KEY.")
    private @Nullable String url;

    @Option(names = "--model", paramLabel = "NAME", description = "The provider's own choice unless given.")
    private @Nullable String model;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Times.class,
            description = "For each call, with waiting and retries: 500ms, 30s, 2m, 1h.")
    private @Nullable Duration timeout;

    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** A server that is known by its address alone has no model of its own choice. */
    public boolean isModelOpen() {
        return url != null && provider == null && model == null;
    }

    /** Says on the error stream who answers where nobody has chosen. */
    public Provider provider(Shell shell) {
        if (provider != null) return KnownProviders.named(provider, url, shell);
        if (url != null) return KnownProviders.at(url, shell);
        if (shell.variable("OPENAI_API_KEY").isPresent()) return KnownProviders.named("openai", null, shell);
        shell.err()
                .println(
                        "tandem: no --provider, --url or OPENAI_API_KEY: this asks a tiny bundled model, which is often wrong");
        return KnownProviders.named(KnownProviders.BUNDLED, null, shell);
    }

    /** A client with all that is set here. */
    public JavaAiClient.Builder client(Provider provider) {
        JavaAiClient.Builder client = JavaAiClient.builder(provider).model(model);
        if (timeout != null) client.timeout(timeout);
        return client;
    }
}
