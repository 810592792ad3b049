package dev.tandem.spring;

import dev.tandem.interop.JavaAiClient;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.BeansException;
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
        try (ConfigurableApplicationContext context = application(properties).run()) {
            return context.getBean(JavaAiClient.class).blocking().generate("Is all well?");
        }
    }

    /** What is said of a start that has to fail. */
    static String whyNot(String... properties) {
        AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
        try (ConfigurableApplicationContext context =
                application(properties).initializers(started::set).run()) {
            throw new AssertionError(context + " is there");
        } catch (BeansException e) {
            return Words.of(e, Objects.requireNonNull(started.get()));
        }
    }

    private static SpringApplicationBuilder application(String... properties) {
        return new SpringApplicationBuilder(Lean.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .properties(properties);
    }
}
