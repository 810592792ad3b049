@file:JvmName("-BatchDsl")

package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.model.Options
import kotlinx.coroutines.flow.Flow

/** `ai.batch(prompts) { concurrency = 100; journal = file }`: the text of the answer to each. */
@JvmSynthetic
public fun AiClient.batch(
    prompts: Iterable<String>,
    build: Batch.Builder<String, String>.() -> Unit = {},
): Flow<BatchResult<String, String>> = batch(prompts, BatchTask.generate(), build)

/** The same of prompts that come one by one. */
@JvmSynthetic
public fun AiClient.batch(prompts: Flow<String>, build: Batch.Builder<String, String>.() -> Unit = {}): Flow<BatchResult<String, String>> =
    batch(prompts, BatchTask.generate(), build)

/** `ai.batch(cities, BatchTask.extract(answerType<Weather>()).from { "The weather in ${it.name}" }) { ordered = true }` */
@JvmSynthetic
public fun <T, R> AiClient.batch(
    items: Iterable<T>,
    task: BatchTask<T, R>,
    build: Batch.Builder<T, R>.() -> Unit = {},
): Flow<BatchResult<T, R>> = Batch
    .builder(this, task)
    .apply(build)
    .build()
    .run(items)

/** The same of items that come one by one. */
@JvmSynthetic
public fun <T, R> AiClient.batch(
    items: Flow<T>,
    task: BatchTask<T, R>,
    build: Batch.Builder<T, R>.() -> Unit = {},
): Flow<BatchResult<T, R>> = Batch
    .builder(this, task)
    .apply(build)
    .build()
    .run(items)

/** One result for each of [prompts], in their order: the text of the answer, or why there is none. At most [concurrency] at once. */
@JvmSynthetic
public suspend fun AiClient.completeBatch(
    prompts: List<String>,
    options: Options = Options.NONE,
    concurrency: Int = 16,
): List<BatchResult<String, String>> = Batch
    .builder(this, BatchTask.generate(options))
    .concurrency(concurrency)
    .build()
    .completeBatch(prompts)
