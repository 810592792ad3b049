package dev.tandem.spring;

import dev.tandem.spring.example.ChatController;
import dev.tandem.testing.FakeServer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a user would write, with all that Spring Boot finds on the class path. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ChatController.class)
class Application {
    /** Asks {@code server}, and is started by {@code run}. */
    static SpringApplicationBuilder of(WebApplicationType type, FakeServer server, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(type)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties(Contexts.properties(server))
                .properties(
                        "server.port=0", "server.address=127.0.0.1", "spring.reactor.netty.shutdown-quiet-period=0s")
                .properties(properties);
    }
}
