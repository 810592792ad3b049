package dev.tandem.examples.cli;

import dev.tandem.examples.cli.provider.ChatOptions;
import dev.tandem.examples.cli.provider.ProviderOptions;
import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.examples.cli.talk.PipedTalk;
import dev.tandem.examples.cli.talk.Talk;
import dev.tandem.examples.cli.talk.TerminalTalk;
import dev.tandem.interop.JavaAiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "chat",
        description = "Talks with a model. In a pipe each line is a prompt.",
        footer = {"", "Exit codes: 0 it ended; 1 in a pipe: some prompts failed; 2 it did not begin."})
final class ChatCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final ProviderOptions provider = new ProviderOptions();

    @Mixin
    private final ChatOptions chat = new ChatOptions();

    ChatCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (provider.isModelOpen()) throw new Refusal("name a model by --model; tandem models lists what --url offers");
        Failures failures = new Failures(shell);
        Consumer<RuntimeException> failure = error -> failures.tell(error, false);
        try (JavaAiClient ai = provider.client(provider.provider(shell)).build()) {
            Talk talk = new Talk(ai, chat, shell.out());
            return shell.isTerminal().test(Shell.IN) && shell.isTerminal().test(Shell.OUT)
                    ? new TerminalTalk(talk, shell.out(), failure).run(history())
                    : new PipedTalk(talk, failure).run(shell.in());
        }
    }

    private Path history() {
        Path states = shell.variable("XDG_STATE_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"));
        return states.resolve("tandem").resolve("history");
    }
}
