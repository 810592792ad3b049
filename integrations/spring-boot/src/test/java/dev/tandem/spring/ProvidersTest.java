package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAiDialect;
import dev.tandem.provider.openai.Vendors;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.lang.reflect.Field;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
    static Set<String> names() {
        return KnownProvider.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsMadeByItsName(String name) {
        Contexts.plain()
                .withPropertyValues(
                        "tandem.provider=" + name, "tandem.api-key=any", "tandem.base-url=http://localhost:1/v1")
                .run(context -> assertThat(context.getBean(JavaAiClient.class).getProvider())
                        .contains(name));
    }

    @Test
    void everyVendorHasItsName() throws IllegalAccessException {
        for (Field field : Vendors.class.getFields()) {
            if (field.get(null) instanceof OpenAiDialect vendor) {
                assertThat(KnownProvider.names()).contains(vendor.getName());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "locallab"})
    void thoseOfThisMachineNeedNothing(String name) {
        Contexts.plain()
                .withPropertyValues("tandem.provider=" + name)
                .run(context -> assertThat(context.getBean(JavaAiClient.class).getProvider())
                        .isEqualTo(name));
    }

    @Test
    void aKeyMayBeWhereTheProviderHasItsOwn() {
        try (FakeServer server = FakeServer.start()) {
            server.enqueue(OpenAiReplies.chat("It is well"));
            Contexts.plain()
                    .withPropertyValues(
                            "tandem.provider=groq",
                            "tandem.base-url=" + server.getUrl(),
                            // As a placeholder leaves it whose variable is not set.
                            "tandem.api-key=",
                            "GROQ_API_KEY=of-groq")
                    .run(context ->
                            context.getBean(JavaAiClient.class).blocking().generate("Is all well?"));
            assertThat(server.awaitRequest().header("authorization")).isEqualTo("Bearer of-groq");
        }
    }

    @Test
    void anOwnKeyGoesBeforeThat() {
        try (FakeServer server = FakeServer.start()) {
            server.enqueue(OpenAiReplies.chat("It is well"));
            Contexts.plain()
                    .withPropertyValues(
                            "tandem.provider=openai",
                            "tandem.base-url=" + server.getUrl(),
                            "tandem.api-key=my-own",
                            "OPENAI_API_KEY=of-openai")
                    .run(context ->
                            context.getBean(JavaAiClient.class).blocking().generate("Is all well?"));
            assertThat(server.awaitRequest().header("authorization")).isEqualTo("Bearer my-own");
        }
    }

    @Test
    void azureMayHaveItsAddressInAVariable() {
        Contexts.plain()
                .withPropertyValues(
                        "tandem.provider=azure",
                        "AZURE_OPENAI_API_KEY=any",
                        "AZURE_OPENAI_ENDPOINT=https://mine.openai.azure.com")
                .run(context -> assertThat(context.getBean(JavaAiClient.class).getProvider())
                        .isEqualTo("azure-openai"));
    }
}
