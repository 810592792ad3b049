package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.testing.FakeServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

class SecretsTest {
    /** In whatever way it is given, and however much the actuator is told to show. */
    @Test
    void noEndpointShowsAKey() throws Exception {
        try (FakeServer server = FakeServer.start();
                ConfigurableApplicationContext web = Application.of(
                                WebApplicationType.REACTIVE,
                                server,
                                "OPENAI_API_KEY=" + Contexts.KEY,
                                "GROQ_API_KEY=" + Contexts.KEY,
                                "TANDEM_API_KEY=" + Contexts.KEY,
                                "management.endpoints.web.exposure.include=env,configprops,health,beans,conditions",
                                "management.endpoint.env.show-values=always",
                                "management.endpoint.configprops.show-values=always",
                                "management.endpoint.health.show-details=always")
                        .run()) {
            for (String endpoint : new String[] {"env", "configprops", "health", "beans", "conditions"}) {
                assertThat(Web.read(web, "/actuator/" + endpoint))
                        .as(endpoint)
                        .contains("tandem")
                        .doesNotContain(Contexts.KEY);
            }
            assertThat(Web.read(web, "/actuator/env/tandem.api-key")).contains("******");
            // Nothing else is hidden.
            assertThat(Web.read(web, "/actuator/configprops")).contains("fake-1");
            assertThat(web.getBean(TandemProperties.class).toString())
                    .contains("fake-1")
                    .doesNotContain(Contexts.KEY);
            assertThat(web.getBean(JavaAiClient.class).toString()).doesNotContain(Contexts.KEY);
        }
    }
}
