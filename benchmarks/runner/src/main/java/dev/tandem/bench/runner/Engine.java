package dev.tandem.bench.runner;

/** An engine for Tandem to run on besides its default: jars that are added to the class path. */
record Engine(String name, String classPath) {
    /** {@code name=jar:jar} */
    static Engine of(String words) {
        int equals = words.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("an engine is name=jar:jar, but this is '" + words + "'");
        return new Engine(words.substring(0, equals), words.substring(equals + 1));
    }
}
