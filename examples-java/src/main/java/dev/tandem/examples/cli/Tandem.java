package dev.tandem.examples.cli;

import dev.tandem.error.AiException;
import dev.tandem.examples.cli.shell.Exit;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line: {@code java -jar target/tandem.jar}, or {@code bin/tandem}. See {@code docs/cli.md}. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
@Command(
        name = "tandem",
        mixinStandardHelpOptions = true,
        versionProvider = Tandem.Version.class,
        scope = ScopeType.INHERIT,
        description = "Asks AI models: in a talk, or for whole files.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "tandem COMMAND --help says more. Keys are read from the environment only, such as OPENAI_API_KEY."
        })
public final class Tandem implements Runnable {
    private static final int HELP_WIDTH = 100;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Errors with all that led to them.")
    private boolean isVerbose;

    private final Shell shell;
    private final Failures failures;

    private Tandem(Shell shell) {
        this.shell = shell;
        failures = new Failures(shell);
    }

    public static void main(String[] arguments) {
        System.exit(run(Shell.ofProcess(arguments), arguments));
    }

    /** The exit code. */
    static int run(Shell shell, String... arguments) {
        return new Tandem(shell).commands().execute(arguments);
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new IllegalArgumentException("name a command: batch, chat, embed, models or doctor; --help says more");
    }

    private CommandLine commands() {
        return new CommandLine(this)
                .addSubcommand(new BatchCommand(shell))
                .addSubcommand(new ChatCommand(shell))
                .addSubcommand(new DoctorCommand(shell))
                .addSubcommand(new EmbedCommand(shell))
                .addSubcommand(new ModelsCommand(shell))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(shell.isColorful(Shell.OUT) ? Ansi.ON : Ansi.OFF))
                .setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setParameterExceptionHandler((error, typed) -> failures.ofWords(error))
                .setExecutionExceptionHandler(this::failed);
    }

    private int failed(Exception error, CommandLine command, ParseResult typed) {
        failures.tell(error, isVerbose);
        return error instanceof AiException ? Exit.FAILED : Failures.codeOf(error);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** The library's own. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            try (JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible("http://localhost/v1"))
                    .build()) {
                return new String[] {"tandem " + ai.version()};
            }
        }
    }
}
