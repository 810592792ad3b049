package dev.tandem.examples.cli;

import dev.tandem.examples.cli.shell.Exit;
import dev.tandem.examples.cli.shell.Json;
import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.examples.cli.shell.Words;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ModelInfo;
import dev.tandem.testing.Conformance;
import dev.tandem.testing.ConformanceReport;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.WireDialect;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = {
            "Looks whether a server behaves like a provider, by some thirty short questions.",
            "With --port: what a gateway makes of all that providers are known to send, which is played on that port."
        },
        footer = {"", "The key is in TANDEM_API_KEY. Exit codes: 0 all is well; 1 something is not; 2 it did not begin."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "URL", description = "Such as http://localhost:8080/v1.")
    private String url = "";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Who is asked; the first that is offered unless given.")
    private @Nullable String model;

    @Option(names = "--wire", paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private WireDialect wire = WireDialect.OPENAI;

    @Option(names = "--port", paramLabel = "PORT", description = "Where the gateway looks for its provider.")
    private @Nullable Integer port;

    @Option(names = "--json", description = "One JSON object.")
    private boolean isJson;

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ConformanceReport report = report(shell.variable("TANDEM_API_KEY").orElse("none"));
        shell.out().println(isJson ? jsonOf(report).toString() : Words.printable(report.text()));
        return report.isIntact() ? Exit.DONE : Exit.FAILED;
    }

    private ConformanceReport report(String key) {
        Conformance conformance = Conformance.of(wire, url, key);
        if (port == null) return conformance.live(model == null ? firstModel(key) : model);
        try (FakeServer upstream = FakeServer.start(port)) {
            return conformance.rows(upstream);
        }
    }

    private String firstModel(String key) {
        try (JavaAiClient ai = JavaAiClient.builder(wire.provider(url, key)).build()) {
            return ai.blocking().models().stream()
                    .map(ModelInfo::getId)
                    .findFirst()
                    .orElseThrow(() -> new Refusal(url + " offers no models: name one by --model"));
        }
    }

    private static Json jsonOf(ConformanceReport report) {
        List<Json> results = report.getResults().stream()
                .map(result -> new Json()
                        .put("id", result.getId())
                        .put("title", result.getTitle())
                        .put("intact", result.isIntact())
                        .put("expected", result.getExpected())
                        .put("actual", result.getActual()))
                .toList();
        return new Json()
                .put("subject", report.getSubject())
                .put("intact", report.isIntact())
                .put("results", results);
    }
}
