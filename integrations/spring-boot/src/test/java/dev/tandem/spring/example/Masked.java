package dev.tandem.spring.example;

import dev.tandem.privacy.Masking;
import dev.tandem.spring.TandemCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Masked {
    @Bean
    TandemCustomizer masked() {
        return client -> client.masking(Masking.COMMON);
    }
}
