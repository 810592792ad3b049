package dev.tandem.examples.webchat;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Set;

/**
 * Loopback keeps other machines out, but any page in the same browser can send requests here. Pages of others are known by
 * {@code Origin}, which browsers add to what a page posts; names of theirs that lead to this machine by {@code Host}.
 */
final class SameOrigin {
    private final Set<String> hosts;

    SameOrigin(int port) {
        String suffix = port == 80 ? "" : ":" + port;
        hosts = Set.of("127.0.0.1" + suffix, "localhost" + suffix, "[::1]" + suffix);
    }

    void check(Headers headers) throws Refusal {
        List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0)))
            throw new Refusal(403, "this server is for this machine alone: open http://127.0.0.1 and its port");
        List<String> origin = headers.getOrDefault("Origin", List.of());
        if (!origin.isEmpty() && !origin.equals(List.of("http://" + host.get(0))))
            throw new Refusal(403, "a page of another site may not ask here");
    }
}
