package dev.tandem.micrometer

import io.micrometer.core.instrument.Meter
import io.micrometer.core.instrument.Statistic
import io.micrometer.core.instrument.Tag
import io.micrometer.core.instrument.simple.SimpleMeterRegistry

/** Count, or value of a gauge, of each meter of that name: by its tags, as `a=1 b=2`. */
internal fun SimpleMeterRegistry.read(name: String): Map<String, Double> =
    meters.filter { it.id.name == name }.associate { words(it.id.tags) to valueOf(it) }

internal fun words(tags: List<Tag>) = tags.joinToString(" ") { "${it.key}=${it.value}" }

private fun valueOf(meter: Meter) = meter.measure().first { it.statistic in setOf(Statistic.COUNT, Statistic.VALUE) }.value
