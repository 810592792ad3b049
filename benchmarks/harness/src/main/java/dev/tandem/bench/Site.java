package dev.tandem.bench;

import java.net.URI;

/** Where the server is, what is asked of it, and how many calls will be under way at most. */
public record Site(String baseUrl, String model, int atOnce) {
    public static final String API_KEY = "sk-loopback";

    public String host() {
        return URI.create(baseUrl).getHost();
    }

    public int port() {
        return URI.create(baseUrl).getPort();
    }
}
