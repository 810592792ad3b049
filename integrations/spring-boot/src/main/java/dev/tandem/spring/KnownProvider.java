package dev.tandem.spring;

import static dev.tandem.spring.Setting.set;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A provider by the name it has in {@code tandem.provider}. Keys go to the one that is named, and to nobody else. */
final class KnownProvider {
    /** Any server of OpenAI's wire. */
    private static final String COMPATIBLE = "compatible";

    private static final Map<String, KnownProvider> ALL = new LinkedHashMap<>();

    static {
        vendor(OpenAiDialect.OPENAI);
        add(
                "azure",
                AzureOpenAi::fromEnvironment,
                made(AzureOpenAi::builder, AzureOpenAi.Builder::build),
                "AZURE_OPENAI_API_KEY");
        add(
                "anthropic",
                Anthropic::fromEnvironment,
                made(Anthropic::builder, Anthropic.Builder::build),
                "ANTHROPIC_API_KEY");
        add(
                "gemini",
                Gemini::fromEnvironment,
                made(Gemini::builder, Gemini.Builder::build),
                "GEMINI_API_KEY",
                "GOOGLE_API_KEY");
        add("ollama", Ollama::fromEnvironment, made(Ollama::builder, Ollama.Builder::build), "OLLAMA_API_KEY");
        add(
                "locallab",
                LocalLab::fromEnvironment,
                made(LocalLab::builder, LocalLab.Builder::build),
                "LOCALLAB_API_KEY");
        add(
                "replicate",
                Replicate::fromEnvironment,
                made(Replicate::builder, Replicate.Builder::build),
                "REPLICATE_API_TOKEN");
        Vendors.ALL.forEach(KnownProvider::vendor);
    }

    private static final Set<String> WITHOUT_KEY = Set.of("ollama", "locallab");

    /** Azure is at no address of its own. */
    private static final String AZURE_ADDRESS = "AZURE_OPENAI_ENDPOINT";

    private final String name;
    private final Supplier<Provider> fromEnvironment;
    private final Maker maker;
    private final List<String> keyVariables;

    private KnownProvider(String name, Supplier<Provider> fromEnvironment, Maker maker, List<String> keyVariables) {
        this.name = name;
        this.fromEnvironment = fromEnvironment;
        this.maker = maker;
        this.keyVariables = keyVariables;
    }

    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(ALL.keySet());
        names.add(COMPATIBLE);
        return names;
    }

    /** Where keys are kept, besides {@code tandem.api-key}. */
    static Set<String> allKeyVariables() {
        return ALL.values().stream()
                .flatMap(known -> known.keyVariables.stream())
                .collect(Collectors.toSet());
    }

    /** The one that {@code properties} speak of, or the exception that says what to set. */
    static Provider of(TandemProperties properties, Environment environment) {
        String name = properties.provider();
        if (name == null || name.isBlank()) {
            throw new BadPropertyException(
                    "tandem.provider",
                    "is not set, and there is no bean of type " + Provider.class.getName(),
                    "Set it to one of " + String.join(", ", names()) + ", or define such a bean.");
        }
        String url = textOf(properties.baseUrl());
        String key =
                properties.apiKey() == null ? null : textOf(properties.apiKey().reveal());
        if (name.equals(COMPATIBLE)) return compatible(url, key);
        KnownProvider known = ALL.get(name);
        if (known == null) {
            throw new BadPropertyException(
                    "tandem.provider",
                    "there is no provider '" + name + "'",
                    "Set it to one of " + String.join(", ", names()) + ", or define a bean of type "
                            + Provider.class.getName() + ".");
        }
        return known.make(url, key, environment);
    }

    private Provider make(@Nullable String ownUrl, @Nullable String ownKey, Environment environment) {
        String key = ownKey != null ? ownKey : variableOf(environment);
        if (key == null && !WITHOUT_KEY.contains(name)) {
            throw new BadPropertyException(
                    "tandem.api-key",
                    "is not set, and " + name + " needs a key",
                    "Set tandem.api-key, or the environment variable " + String.join(" or ", keyVariables) + ".");
        }
        String url = ownUrl == null && name.equals("azure") ? addressAtAzure(environment) : ownUrl;
        // Its address may be in a variable, too.
        if (url == null && ownKey == null && (key == null || isOfProcess(key))) {
            return Setting.made("provider", fromEnvironment);
        }
        return maker.make(url, key);
    }

    private @Nullable String variableOf(Environment environment) {
        return keyVariables.stream()
                .flatMap(variable -> Stream.ofNullable(textOf(environment.getProperty(variable))))
                .findFirst()
                .orElse(null);
    }

    private boolean isOfProcess(String key) {
        return keyVariables.stream().anyMatch(variable -> key.equals(System.getenv(variable)));
    }

    private static String addressAtAzure(Environment environment) {
        String url = textOf(environment.getProperty(AZURE_ADDRESS));
        if (url != null) return url;
        throw new BadPropertyException(
                "tandem.base-url",
                "is not set, and azure is at no address of its own",
                "Set tandem.base-url, such as https://….openai.azure.com, or the environment variable " + AZURE_ADDRESS
                        + ".");
    }

    private static Provider compatible(@Nullable String url, @Nullable String key) {
        if (url == null) {
            throw new BadPropertyException(
                    "tandem.base-url",
                    "is not set, and a compatible server is known by its address alone",
                    "Set tandem.base-url, such as http://localhost:8080/v1.");
        }
        OpenAi.Builder site = Setting.made(
                "base-url",
                () -> OpenAi.builder(
                        OpenAiDialect.builder("openai-compatible", url).build()));
        set("api-key", key, site::apiKey);
        return site.build();
    }

    /** Nothing where a placeholder was resolved to nothing. */
    private static @Nullable String textOf(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static void vendor(OpenAiDialect dialect) {
        String variable = Objects.requireNonNull(dialect.getKeyVariable());
        add(
                dialect.getName(),
                () -> OpenAi.fromEnvironment(dialect),
                made(() -> OpenAi.builder(dialect), OpenAi.Builder::build),
                variable);
    }

    private static void add(String name, Supplier<Provider> fromEnvironment, Maker maker, String... keyVariables) {
        ALL.put(name, new KnownProvider(name, fromEnvironment, maker, List.of(keyVariables)));
    }

    private static <B extends SiteBuilder<B>> Maker made(Supplier<B> builder, Function<B, Provider> build) {
        return (url, key) -> {
            B site = builder.get();
            set("base-url", url, site::baseUrl);
            set("api-key", key, site::apiKey);
            return Setting.made("provider", () -> build.apply(site));
        };
    }

    private interface Maker {
        Provider make(@Nullable String url, @Nullable String key);
    }
}
