package dev.tandem.examples.cli.provider;

import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.llama.Llama;
import dev.tandem.provider.Provider;
import dev.tandem.provider.anthropic.Anthropic;
import dev.tandem.provider.gemini.Gemini;
import dev.tandem.provider.http.SiteBuilder;
import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.provider.ollama.Ollama;
import dev.tandem.provider.openai.AzureOpenAi;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.provider.openai.OpenAiDialect;
import dev.tandem.provider.openai.Vendors;
import dev.tandem.provider.replicate.Replicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Providers by the names they have on the command line. Keys come from the environment, and go to their owners only. */
final class KnownProviders {
    static final String BUNDLED = "bundled";

    /** For a server that is known by its address alone. */
    static final String OWN_KEY = "TANDEM_API_KEY";

    private static final Map<String, Maker> ALL = new LinkedHashMap<>();

    static {
        vendor(OpenAiDialect.OPENAI);
        add(
                "azure",
                true,
                AzureOpenAi::fromEnvironment,
                AzureOpenAi.Builder::build,
                AzureOpenAi::builder,
                "AZURE_OPENAI_API_KEY");
        add(
                "anthropic",
                true,
                Anthropic::fromEnvironment,
                Anthropic.Builder::build,
                Anthropic::builder,
                "ANTHROPIC_API_KEY");
        add(
                "gemini",
                true,
                Gemini::fromEnvironment,
                Gemini.Builder::build,
                Gemini::builder,
                "GEMINI_API_KEY",
                "GOOGLE_API_KEY");
        add("ollama", false, Ollama::fromEnvironment, Ollama.Builder::build, Ollama::builder, "OLLAMA_API_KEY");
        add(
                "locallab",
                false,
                LocalLab::fromEnvironment,
                LocalLab.Builder::build,
                LocalLab::builder,
                "LOCALLAB_API_KEY");
        add(
                "replicate",
                true,
                Replicate::fromEnvironment,
                Replicate.Builder::build,
                Replicate::builder,
                "REPLICATE_API_TOKEN");
        Vendors.ALL.forEach(KnownProviders::vendor);
        ALL.put(BUNDLED, KnownProviders::bundled);
    }

    private KnownProviders() {}

    /** Without an address it is the provider's own, or what its variable says. */
    static Provider named(String name, @Nullable String url, Shell shell) {
        Maker maker = ALL.get(name);
        if (maker == null) {
            throw new Refusal("there is no provider " + name + ": it is one of " + String.join(", ", ALL.keySet())
                    + ", or leave --provider out and give --url");
        }
        return maker.make(url, shell);
    }

    /** A server that speaks OpenAI's wire, and is nobody in particular. */
    static Provider at(String url, Shell shell) {
        return shell.variable(OWN_KEY).map(key -> OpenAi.compatible(url, key)).orElseGet(() -> OpenAi.compatible(url));
    }

    private static Provider bundled(@Nullable String url, Shell shell) {
        if (url != null) throw new Refusal("the bundled model is inside this program: leave --url out");
        return Llama.bundled();
    }

    private static void vendor(OpenAiDialect dialect) {
        String variable = dialect.getKeyVariable();
        add(
                dialect.getName(),
                true,
                () -> OpenAi.fromEnvironment(dialect),
                OpenAi.Builder::build,
                () -> OpenAi.builder(dialect),
                variable == null ? OWN_KEY : variable);
    }

    private static <B extends SiteBuilder<B>> void add(
            String name,
            boolean needsKey,
            Supplier<Provider> fromEnvironment,
            Function<B, Provider> build,
            Supplier<B> builder,
            String... variables) {
        ALL.put(name, (url, shell) -> {
            Optional<String> key = List.of(variables).stream()
                    .flatMap(v -> shell.variable(v).stream())
                    .findFirst();
            if (needsKey && key.isEmpty()) {
                throw new Refusal(name + " needs a key: set " + variables[0] + " in the environment");
            }
            if (url == null) return fromEnvironment.get();
            B site = builder.get().baseUrl(url);
            return build.apply(key.map(site::apiKey).orElse(site));
        });
    }

    private interface Maker {
        Provider make(@Nullable String url, Shell shell);
    }
}
