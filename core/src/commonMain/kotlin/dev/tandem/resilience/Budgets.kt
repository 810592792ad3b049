package dev.tandem.resilience

import dev.tandem.accounting.Books
import dev.tandem.accounting.Budget
import dev.tandem.accounting.TokenCounter
import dev.tandem.accounting.inputOf
import dev.tandem.accounting.likelyOutput
import dev.tandem.accounting.modelOf
import dev.tandem.error.BudgetExceededException
import dev.tandem.error.ErrorDetails
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * Refuses a request for which a budget has no room, before it waits for its turn. While requests are under way, what they will
 * probably need is set aside, so that many at once do not spend the same money.
 */
internal class Budgets(private val budgets: List<Budget>, private val books: Books, private val counter: TokenCounter) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val tags = call.request.options.tags
        val limits = budgets.filter { it.tag == null || it.tag in tags }
        if (!call.operation.asksModel || limits.isEmpty()) return next.proceed(call)
        return flow {
            val likely = Usage.of(counter.inputOf(call.request), call.request.likelyOutput())
            val outcome = books.setAside(tags, limits, modelOf(call.target.name, call.request), likely)
            outcome.full?.let { throw spent(call, it, likely) }
            try {
                next.proceed(call).collect { emit(it) }
            } finally {
                books.putBack(tags, outcome.aside)
            }
        }
    }

    private fun spent(call: Call<*>, budget: Budget, likely: Usage): BudgetExceededException {
        val spending = budget.tag?.let(books::spendingOf) ?: books.spending
        return BudgetExceededException(
            "$call: not sent, since it needs about ${likely.totalTokens} tokens, and of the budget of $budget " +
                "${spending.totalTokens} tokens and $${spending.usd} are spent, and some more is set aside for calls under way",
            ErrorDetails.builder().provider(call.target.name).build(),
        )
    }
}
