package dev.tandem.bench.runner.report;

/** Messages of others, made fit for a table. */
final class Words {
    private static final int LENGTH = 100;

    private Words() {}

    /** The first line, without what would be different in the next run. */
    static String brief(String message) {
        String line = message.lines()
                .findFirst()
                .orElse("")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "the server")
                .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "")
                .replaceAll("@[0-9a-f]{4,}", "")
                .replace("|", "/");
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
