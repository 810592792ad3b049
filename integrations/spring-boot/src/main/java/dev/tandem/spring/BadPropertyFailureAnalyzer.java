package dev.tandem.spring;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says what is wrong with a property, where it was set, and what to do about it. */
final class BadPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BadPropertyException> {
    private final Environment environment;

    BadPropertyFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BadPropertyException cause) {
        return new FailureAnalysis(cause.getMessage() + originOf(cause.property()), cause.remedy(), cause);
    }

    private String originOf(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty found = source.getConfigurationProperty(name);
            if (found != null && found.getOrigin() != null) {
                return String.format("%n%n    Origin: %s", found.getOrigin());
            }
        }
        return "";
    }
}
