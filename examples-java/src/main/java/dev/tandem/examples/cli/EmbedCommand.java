package dev.tandem.examples.cli;

import dev.tandem.examples.cli.file.FileOptions;
import dev.tandem.examples.cli.file.FileRun;
import dev.tandem.examples.cli.provider.ProviderOptions;
import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatchFile;
import dev.tandem.llama.Llama;
import dev.tandem.provider.Provider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "embed",
        description = "Turns a file of texts into a file of vectors: {\"text\": \"...\"} a line, or just \"...\".",
        footer = {"", "Exit codes, Ctrl-C and --resume are those of batch."})
final class EmbedCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final ProviderOptions provider = new ProviderOptions();

    EmbedCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        FileRun run = new FileRun(shell, "embed", files);
        Provider chosen = provider.provider(shell);
        if (chosen instanceof Llama)
            throw new Refusal("the bundled model makes no vectors: choose a --provider or a --url");
        JavaAiClient.Builder client =
                provider.client(chosen).embeddingModel(provider.model().orElse(null));
        return run.run(client, JavaBatchFile.Builder::embed);
    }
}
