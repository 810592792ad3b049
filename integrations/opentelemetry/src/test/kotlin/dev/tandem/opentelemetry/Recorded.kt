package dev.tandem.opentelemetry

import io.opentelemetry.api.OpenTelemetry
import io.opentelemetry.api.common.Attributes
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.sdk.OpenTelemetrySdk
import io.opentelemetry.sdk.metrics.SdkMeterProvider
import io.opentelemetry.sdk.metrics.data.HistogramPointData
import io.opentelemetry.sdk.metrics.data.MetricData
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter
import io.opentelemetry.sdk.trace.SdkTracerProvider
import io.opentelemetry.sdk.trace.data.SpanData
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor

/** The real SDK, which keeps all that it gets. */
internal class Recorded {
    private val exporter = InMemorySpanExporter.create()
    private val reader = InMemoryMetricReader.create()

    val sdk: OpenTelemetry = OpenTelemetrySdk
        .builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
        .build()

    val spans: List<SpanData> get() = exporter.finishedSpanItems

    /** Of whole calls, and not of their attempts. */
    val calls: List<SpanData> get() = spans.filter { it.kind == SpanKind.CLIENT }

    val call: SpanData get() = calls.single()

    val tools: List<SpanData> get() = spans.filter { it.name.startsWith("execute_tool") }

    val attempts: List<SpanData> get() = spans.filter { it.kind == SpanKind.INTERNAL } - tools.toSet()

    fun metric(name: String): MetricData? = reader.collectAllMetrics().singleOrNull { it.name == name }

    fun points(name: String): List<HistogramPointData> = metric(name)
        ?.histogramData
        ?.points
        .orEmpty()
        .toList()

    /** Every word on every span. */
    fun words(): String = spans.joinToString("\n") { span -> "$span ${span.attributes.plain()} ${span.events} ${span.status}" }
}

internal fun Attributes.plain(): Map<String, Any> = asMap().entries.associate { (key, value) -> key.key to value }
