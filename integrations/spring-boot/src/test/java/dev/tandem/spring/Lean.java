package dev.tandem.spring;

import dev.tandem.interop.JavaAiClient;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that has the starter and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Lean {
    /** What the client says; run within another class loader, so it takes and gives what both know. */
    static String ask(String... properties) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Lean.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties(properties)
                .run()) {
            return context.getBean(JavaAiClient.class).blocking().generate("Is all well?");
        }
    }
}
