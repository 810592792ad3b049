package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors complete and explain. */
class MetadataTest {
    private final JsonNode metadata = read();

    @Test
    void everyPropertyIsExplained() {
        List<String> explained = metadata.get("properties")
                .valueStream()
                .filter(property -> property.hasNonNull("description"))
                .map(property -> property.get("name").stringValue())
                .toList();
        assertThat(explained)
                .containsAll(names("tandem", TandemProperties.class).toList());
    }

    @Test
    void everyProviderIsProposed() {
        List<String> proposed = metadata.get("hints")
                .get(0)
                .get("values")
                .valueStream()
                .map(value -> value.get("value").stringValue())
                .toList();
        assertThat(proposed).containsExactlyInAnyOrderElementsOf(KnownProvider.names());
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap((RecordComponent part) -> {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(part.getName());
            return part.getType().isRecord() ? names(name, part.getType()) : Stream.of(name);
        });
    }

    private static JsonNode read() {
        try (InputStream file =
                TandemProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
