package dev.tandem.examples.cli.shell;

/** What a command ends with. */
public final class Exit {
    public static final int DONE = 0;

    /** It ran, and something in it failed. */
    public static final int FAILED = 1;

    /** It did not begin: options, files, settings. */
    public static final int USAGE = 2;

    /** It ended before its time, and can go on. */
    public static final int UNFINISHED = 3;

    /** The second Ctrl-C. */
    public static final int KILLED = 130;

    private Exit() {}
}
