package dev.tandem.spring;

import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** What Spring Boot prints of a start that failed. */
final class Words {
    private Words() {}

    static String of(Throwable failure, ConfigurableApplicationContext context) {
        ArgumentResolver arguments = ArgumentResolver.of(Environment.class, context.getEnvironment())
                .and(BeanFactory.class, context.getBeanFactory());
        // As Spring Boot itself does, without those whose library is not here.
        FailureHandler without = (type, name, missing) -> {};
        FailureAnalysis analysis =
                SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, arguments, without)
                        .stream()
                        .flatMap(analyzer -> Stream.ofNullable(analyzer.analyze(failure)))
                        .findFirst()
                        .orElseThrow();
        return analysis.getDescription() + '\n' + analysis.getAction();
    }
}
