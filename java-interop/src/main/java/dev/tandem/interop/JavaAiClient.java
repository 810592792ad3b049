package dev.tandem.interop;

import dev.tandem.AiClient;
import dev.tandem.model.OptionsBuilder;
import dev.tandem.model.Timer;
import dev.tandem.platform.HealthReport;
import dev.tandem.platform.SystemInfo;
import dev.tandem.provider.Provider;
import dev.tandem.telemetry.Stats;
import io.ktor.client.engine.HttpClientEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One AI client, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()} offer the same
 * operations with the same arguments, results and exceptions. Make one, share it between all threads, close it at the
 * end.
 */
public final class JavaAiClient extends Views<AiClient, BlockingClient, AsyncClient, ReactiveClient> {
    private JavaAiClient(AiClient core) {
        super(core, core::close, new BlockingClient(core), new AsyncClient(core), new ReactiveClient(core));
    }

    /** The views of a client that Kotlin code made. Closing either closes both. */
    public static JavaAiClient of(AiClient core) {
        return new JavaAiClient(core);
    }

    /** What a client of this provider is made of. */
    public static Builder builder(Provider provider) {
        return new Builder(provider);
    }

    /** What this client has done so far. */
    public Stats stats() {
        return core().stats();
    }

    /** Starts the statistics anew. */
    public void resetStats() {
        core().resetStats();
    }

    /** The version of this library. */
    public String version() {
        return core().version();
    }

    /** Where this library runs. */
    public SystemInfo systemInfo() {
        return core().systemInfo();
    }

    /** Whether this process can do its work. Sends nothing; {@code warmUp()} asks the provider. */
    public HealthReport healthCheck() {
        return core().healthCheck();
    }

    /** The options set here hold for every call that does not say otherwise. */
    public static final class Builder extends OptionsBuilder<Builder> {
        private final AiClient.Builder core;

        private Builder(Provider provider) {
            this.core = AiClient.builder(provider);
        }

        /** The whole time of each call, from the moment it is made to its last item. */
        public Builder timeout(Duration timeout) {
            return timeoutMillis(timeout.toMillis());
        }

        /** How long {@code timer} may run in each call. */
        public Builder timer(Timer timer, Duration limit) {
            return timerMillis(timer, limit.toMillis());
        }

        /** The model for embeddings; null for the provider's own choice. */
        public Builder embeddingModel(@Nullable String model) {
            core.embeddingModel(model);
            return this;
        }

        /** Carries the client's HTTP; null for the default one. An engine given here is not closed with the client. */
        public Builder engine(@Nullable HttpClientEngine engine) {
            core.engine(engine);
            return this;
        }

        /** The client. It opens no connection yet. */
        public JavaAiClient build() {
            return of(core.options(toOptions()).build());
        }
    }
}
