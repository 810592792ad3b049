#!/usr/bin/env bash
# Writes docs/benchmarks.md again from benchmarks/target/results.jsonl.
set -euo pipefail
cd "$(dirname "$0")/.."

runner="benchmarks/runner/target/bench-runner.jar:$(cat benchmarks/runner/target/classpath)"
java -cp "$runner" dev.tandem.bench.runner.report.Report benchmarks
