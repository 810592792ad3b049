package dev.tandem.bench.tandem;

import io.ktor.client.HttpClientEngineContainer;
import io.ktor.client.engine.HttpClientEngine;
import java.util.ServiceLoader;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;

/** The engine that the runner chose, from what it put on the class path. */
final class Engines {
    private static final String PROPERTY = "bench.engine";

    private Engines() {}

    /** One of Ktor's own, when it has the name that was asked for; otherwise null: the client chooses. */
    static @Nullable HttpClientEngine chosen() {
        String name = System.getProperty(PROPERTY);
        if (name == null) return null;
        return ServiceLoader.load(HttpClientEngineContainer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.toString().equalsIgnoreCase(name))
                .findFirst()
                .<HttpClientEngine>map(engine -> engine.getFactory().create(config -> Unit.INSTANCE))
                .orElse(null);
    }
}
