package dev.tandem.examples.cli;

import dev.tandem.examples.cli.provider.ProviderOptions;
import dev.tandem.examples.cli.shell.Json;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.examples.cli.shell.Words;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ModelInfo;
import dev.tandem.provider.Provider;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "models",
        description = "Lists what the provider offers.",
        footer = {"", "Exit codes: 0 listed; 1 the provider failed; 2 it did not begin."})
final class ModelsCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final ProviderOptions provider = new ProviderOptions();

    @Option(names = "--json", description = "One JSON object.")
    private boolean isJson;

    ModelsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Provider chosen = provider.provider(shell);
        try (JavaAiClient ai = provider.client(chosen).build()) {
            List<ModelInfo> models = ai.blocking().models();
            if (isJson) {
                shell.out().println(jsonOf(chosen.getName(), models));
            } else {
                models.forEach(model -> shell.out().println(lineOf(model)));
            }
        }
        return 0;
    }

    private static String lineOf(ModelInfo model) {
        String owner = model.getOwner().isEmpty() ? "" : "  (" + model.getOwner() + ")";
        return Words.printable(model.getId() + owner);
    }

    private static Json jsonOf(String provider, List<ModelInfo> models) {
        List<Json> each = models.stream()
                .map(model -> new Json().put("id", model.getId()).put("owner", model.getOwner()))
                .toList();
        return new Json().put("provider", provider).put("models", each);
    }
}
