package dev.tandem.retrieval

/** The best of all scores that it is offered, each a number, and of equal ones the first: a heap with the worst of them on top. */
internal class Nearest(private val limit: Int) {
    private val scores = DoubleArray(limit)
    private val places = IntArray(limit)
    private var size = 0

    /** Whether [score] is among the best so far. */
    fun takes(score: Double): Boolean = size < limit || score > scores[0]

    fun add(score: Double, place: Int) {
        if (size < limit) rise(size++, score, place) else sink(score, place)
    }

    /** Best first. */
    inline fun <R> sorted(work: (score: Double, place: Int) -> R): List<R> =
        (0 until size).sortedWith(compareBy({ -scores[it] }, { places[it] })).map { work(scores[it], places[it]) }

    private fun rise(from: Int, score: Double, place: Int) {
        var at = from
        while (at > 0) {
            val parent = (at - 1) / 2
            if (!isWorse(score, place, parent)) break
            move(parent, at)
            at = parent
        }
        scores[at] = score
        places[at] = place
    }

    private fun sink(score: Double, place: Int) {
        var at = 0
        while (2 * at + 1 < size) {
            var child = 2 * at + 1
            if (child + 1 < size && isWorse(scores[child + 1], places[child + 1], child)) child++
            if (isWorse(score, place, child)) break
            move(child, at)
            at = child
        }
        scores[at] = score
        places[at] = place
    }

    private fun isWorse(score: Double, place: Int, other: Int) = score < scores[other] || (score == scores[other] && place > places[other])

    private fun move(from: Int, to: Int) {
        scores[to] = scores[from]
        places[to] = places[from]
    }
}
