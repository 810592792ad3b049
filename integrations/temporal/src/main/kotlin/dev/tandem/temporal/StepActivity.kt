package dev.tandem.temporal

import io.temporal.activity.Activity
import io.temporal.activity.DynamicActivity
import io.temporal.common.converter.EncodedValues
import io.temporal.payload.context.ActivitySerializationContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import kotlin.time.Duration

/** Does what the workflows of this process have asked for, and holds no thread meanwhile. */
internal class StepActivity(private val actions: Actions, private val scope: CoroutineScope, private val beat: Duration) :
    DynamicActivity {
    override fun execute(args: EncodedValues): Any? {
        val action = actions.take(args.get(0, String::class.java)) ?: throw Lost.failure("this process does not have the step's action")
        val context = Activity.getExecutionContext()
        val server = context.workflowClient.newActivityCompletionClient().withContext(ActivitySerializationContext(context.info))
        context.doNotCompleteOnReturn()
        scope.launch { Doing(action, server, context.taskToken, beat).run() }
        return null
    }
}
