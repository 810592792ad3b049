package dev.tandem.examples.cli;

import dev.tandem.examples.cli.file.FileOptions;
import dev.tandem.examples.cli.file.FileRun;
import dev.tandem.examples.cli.file.SystemText;
import dev.tandem.examples.cli.provider.ChatOptions;
import dev.tandem.examples.cli.provider.ProviderOptions;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Options;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "batch",
        description = "Turns a file of requests into a file of answers. Ctrl-C stops it, --resume goes on.",
        footer = {
            "",
            "Exit codes: 0 all lines are answered; 1 some failed, OUT says which and why; 2 it did not begin;",
            "3 it ended early (stopped, key refused, budget spent, disk full), and --resume goes on;",
            "130 ended by a second Ctrl-C, and --resume goes on."
        })
final class BatchCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final FileOptions files = new FileOptions();

    @Mixin
    private final ProviderOptions provider = new ProviderOptions();

    @Mixin
    private final ChatOptions chat = new ChatOptions();

    BatchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        FileRun run = new FileRun(shell, "batch", files);
        JavaAiClient.Builder client = provider.client(provider.provider(shell));
        chat.system().ifPresent(text -> client.hooks(new SystemText(text)));
        Options options = chat.into(CallOptions.builder()).build();
        return run.run(
                client,
                file -> file.options(options)
                        .batch(batch -> batch.configuration(chat.system().orElse(null))));
    }
}
