package dev.tandem.spring;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Keeps keys out of the endpoints {@code env} and {@code configprops}, also where these are told to show all values. */
final class KeySanitizer implements SanitizingFunction {
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of("tandem.api-key"), KnownProvider.allKeyVariables().stream())
            .map(KeySanitizer::plain)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public SanitizableData apply(SanitizableData data) {
        return KEYS.contains(plain(data.getKey())) ? data.withSanitizedValue() : data;
    }

    /** The same for all ways to write it: {@code tandem.api-key}, {@code tandem.apiKey}, {@code TANDEM_API_KEY}. */
    private static String plain(String property) {
        return property.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
