#!/usr/bin/env bash
# Builds and runs the JMH benchmarks; arguments go to JMH, such as: -f 1 SseSplit
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -q -B -ntp -Pbenchmarks -DskipTests -pl benchmarks/jmh -am package
java -cp "benchmarks/jmh/target/bench-jmh.jar:$(cat benchmarks/jmh/target/classpath)" org.openjdk.jmh.Main \
    -f 1 -wi 3 -w 2 -i 5 -r 2 -prof gc "$@"
