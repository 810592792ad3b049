package dev.tandem.spring.example;

import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class FakeModel {
    @Bean
    FakeServer model() {
        return FakeServer.start();
    }

    @Bean
    Provider provider(FakeServer model) {
        return OpenAi.compatible(model.getUrl(), "any-key");
    }
}
