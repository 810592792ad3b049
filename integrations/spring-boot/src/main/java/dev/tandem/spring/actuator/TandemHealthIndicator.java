package dev.tandem.spring.actuator;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.pipeline.CircuitState;
import dev.tandem.platform.HealthReport;
import dev.tandem.telemetry.Stats;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the client can do its work, by what it has seen. Sends nothing, so it costs nothing. */
final class TandemHealthIndicator extends AbstractHealthIndicator {
    private final JavaAiClient client;

    TandemHealthIndicator(JavaAiClient client) {
        super("the health of the client could not be read");
        this.client = client;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        HealthReport report = client.healthCheck();
        Stats stats = client.stats();
        boolean isUp = report.isHealthy() && stats.getCircuit() != CircuitState.OPEN;
        (isUp ? health.up() : health.down())
                .withDetail("provider", client.getProvider())
                .withDetail("circuit", stats.getCircuit())
                .withDetail("successRate", stats.getSuccessRate())
                .withDetail("inFlight", stats.getInFlight())
                .withDetail("open", report.isRuntimeHealthy())
                .withDetail("memoryAvailableBytes", report.getMemoryAvailableBytes());
    }
}
