package dev.tandem.conversation

import dev.tandem.platform.ContextCarrier

/** Brings the turn that is under way to the threads on which the Java layer runs tools. Found by itself. */
internal class TurnCarrier : ContextCarrier {
    override fun capture(): ContextCarrier.Captured = CapturedTurn(Turn.here())

    private class CapturedTurn(private val turn: Turn?) : ContextCarrier.Captured {
        override fun enter(): AutoCloseable {
            val before = Turn.putHere(turn)
            return AutoCloseable { Turn.putHere(before) }
        }
    }
}
