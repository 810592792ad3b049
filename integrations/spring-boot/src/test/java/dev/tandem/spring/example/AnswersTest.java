package dev.tandem.spring.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class AnswersTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Answers.class, Masked.class, FakeModel.class})
    static class Application {}

    @Test
    void theModelIsAskedByNobodysName() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties("tandem.provider=anthropic", "tandem.model=any")
                .run()) {
            FakeServer model = context.getBean(FakeServer.class);
            model.enqueue(OpenAiReplies.chat("It is well"));
            assertThat(context.getBean(Answers.class).to("Is all well with anna@example.org?"))
                    .isEqualTo("It is well");
            assertThat(model.awaitRequest().getBody()).doesNotContain("anna@example.org");
        }
    }
}
