#!/usr/bin/env bash
# Builds everything, measures, prints the tables and writes docs/benchmarks.md. Options: benchmarks/README.md
set -euo pipefail
cd "$(dirname "$0")/.."

modules=$(find benchmarks -name pom.xml -not -path '*/target/*' -printf '%h,')
mvn -q -B -ntp -Pbenchmarks -DskipTests -pl "${modules%,}" -am package

runner="benchmarks/runner/target/bench-runner.jar:$(cat benchmarks/runner/target/classpath)"
java -cp "$runner" dev.tandem.bench.runner.Runner benchmarks "$@"
