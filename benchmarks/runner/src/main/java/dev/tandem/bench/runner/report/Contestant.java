package dev.tandem.bench.runner.report;

/** Who took part. */
record Contestant(String name, String group, String version, int jars, double megabytes) {
    boolean isTandem() {
        return group.equals("TANDEM");
    }

    boolean isPeer() {
        return group.equals("PEER");
    }

    boolean isFloor() {
        return group.equals("FLOOR");
    }
}
