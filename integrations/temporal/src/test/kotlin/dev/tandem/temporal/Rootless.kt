package dev.tandem.temporal

import io.grpc.CallOptions
import io.grpc.Channel
import io.grpc.ClientCall
import io.grpc.ClientInterceptor
import io.grpc.ForwardingClientCall
import io.grpc.MethodDescriptor
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest

/**
 * No process keeps a run: each turn may come to any of them, with the whole history, which is replayed then. The server of the tests
 * would wait for a dead process for ever.
 */
object Rootless : ClientInterceptor {
    override fun <Q, A> interceptCall(method: MethodDescriptor<Q, A>, options: CallOptions, next: Channel): ClientCall<Q, A> =
        object : ForwardingClientCall.SimpleForwardingClientCall<Q, A>(next.newCall(method, options)) {
            @Suppress("UNCHECKED_CAST")
            override fun sendMessage(message: Q) = super.sendMessage(
                if (message is RespondWorkflowTaskCompletedRequest) message.toBuilder().clearStickyAttributes().build() as Q else message,
            )
        }
}
