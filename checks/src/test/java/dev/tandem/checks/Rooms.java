package dev.tandem.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rooms of core and the arrows between them. A new room or arrow is drawn here, in the same commit. */
final class Rooms {
    static final String ROOT = "root";

    /** Room, and what it may import besides itself. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            room("platform"),
            room("model", "platform"),
            room("schema"),
            room("error", "model"),
            room("pipeline", "accounting", "model", "error"),
            room("transport", "model", "error", "platform"),
            room("accounting", "model", "platform"),
            room("resilience", "accounting", "pipeline", "model", "error", "platform"),
            room("embedding", "accounting", "pipeline", "model", "error"),
            room("cache", "privacy", "pipeline", "model", "platform"),
            room("structured", "schema", "pipeline", "model", "error", "platform"),
            room("tool", "structured", "schema", "pipeline", "model", "error", "platform"),
            room("privacy", "pipeline", "model", "error", "platform"),
            room("telemetry", "accounting", "pipeline", "model", "error"),
            room("provider", "pipeline", "model", "error", "transport", "platform"),
            room("provider.json", "model"),
            room("provider.http", "provider", "provider.json", "model", "error", "transport", "platform"),
            wire("anthropic"),
            wire("gemini"),
            wire("locallab"),
            wire("ollama"),
            wire("openai", "provider.openai.responses"),
            wire("openai.responses"),
            wire("replicate"),
            // Clients of their own, made of the unified one: above the root, as integrations would be.
            room("locallab", ROOT, "provider.locallab", "provider", "pipeline", "error", "model"),
            room("ollama", ROOT, "provider.ollama", "provider", "pipeline", "error", "model"),
            room(
                    ROOT,
                    "provider",
                    "provider.openai",
                    "telemetry",
                    "privacy",
                    "tool",
                    "structured",
                    "schema",
                    "cache",
                    "embedding",
                    "resilience",
                    "accounting",
                    "transport",
                    "pipeline",
                    "error",
                    "model",
                    "platform"));

    /** What an integration may use of core: what a stranger's provider, store, counter or listener could. And the file that some of them remember by. */
    static final List<String> FOR_INTEGRATIONS = List.of(
            "journal",
            ROOT,
            "provider",
            "tool",
            "structured",
            "schema",
            "telemetry",
            "cache",
            "resilience",
            "accounting",
            "pipeline",
            "error",
            "model",
            "platform");

    /** What an integration that listens to calls may use of core: the events and what is in them, and how it carries a thread's context. */
    static final List<String> FOR_LISTENERS =
            List.of("telemetry", "pipeline", "accounting", "platform", "error", "model");

    /** What an engine may use of core: how it is found, and whom it tells how far it has come. */
    static final List<String> FOR_ENGINES = List.of("platform");

    /** Besides, it makes clients of all providers. */
    static boolean mayTestingImport(String room) {
        return room.startsWith("testing") || FOR_INTEGRATIONS.contains(room) || room.startsWith("provider.");
    }

    /** What keeps steps on a server. Temporal's runs graphs for Java too, whose callers have no coroutines to run them in. */
    static boolean mayKeeperImport(String room, String other) {
        return other.equals(room)
                || List.of("workflow.durable", "workflow.replay").contains(other)
                || (room.equals("temporal")
                        && List.of("workflow", "workflow.run").contains(other));
    }

    /** What runs in a framework for Java. A starter besides knows providers by their names, and Micrometer where that is. */
    static boolean mayFrameworkImport(String room, String other) {
        return other.equals("interop")
                || FOR_INTEGRATIONS.contains(other)
                || (first(room).equals("spring") && (other.equals("micrometer") || other.startsWith("provider.")));
    }

    private static final String BASE = "dev.tandem";

    private Rooms() {}

    private static Map.Entry<String, List<String>> room(String name, String... mayImport) {
        return Map.entry(name, List.of(mayImport));
    }

    /** A provider: all of them have the same means. */
    private static Map.Entry<String, List<String>> wire(String name, String... more) {
        List<String> mayImport = new ArrayList<>(List.of(
                "provider",
                "provider.http",
                "provider.json",
                "pipeline",
                "schema",
                "model",
                "error",
                "transport",
                "platform"));
        mayImport.addAll(List.of(more));
        return Map.entry("provider." + name, mayImport);
    }

    static boolean isOurs(String packageName) {
        return packageName.equals(BASE) || packageName.startsWith(BASE + ".");
    }

    /** {@code dev.tandem.provider.openai} is the room {@code provider.openai}. */
    static String of(String packageName) {
        return packageName.equals(BASE) ? ROOT : packageName.substring(BASE.length() + 1);
    }

    /** Both are rooms of one integration: {@code retrieval} and {@code retrieval.split}. */
    static boolean isWithin(String room, String other) {
        return first(room).equals(first(other));
    }

    private static String first(String room) {
        return room.replaceFirst("\\..*", "");
    }

    static boolean isKnown(String room) {
        return MAY_IMPORT.containsKey(room);
    }

    static boolean mayImport(String room, String other) {
        return room.equals(other) || MAY_IMPORT.getOrDefault(room, List.of()).contains(other);
    }
}
