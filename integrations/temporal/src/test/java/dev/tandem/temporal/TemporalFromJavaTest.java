package dev.tandem.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.AiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.workflow.ApprovalNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.durable.Decision;
import dev.tandem.workflow.run.WorkflowExecutor;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalFromJavaTest {
    private static final String QUEUE = "reviews";

    private final TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance();
    private final WorkflowExecutor executor =
            WorkflowExecutor.of(AiClient.builder(OpenAi.compatible("http://127.0.0.1:1/v1"))
                    .model("m-1")
                    .build());
    private final Workflow review = Workflow.builder("review")
            .add(ApprovalNode.of("ok", "May {{input.topic}} go?"))
            .build();
    private final StepWorker steps = StepWorker.on(server.getWorkerFactory());

    @BeforeEach
    void start() {
        Worker worker = server.newWorker(QUEUE);
        worker.registerWorkflowImplementationFactory(Review.class, () -> new ReviewBySteps(steps, executor, review));
        steps.bind(worker, TemporalWorkflow.of(review, executor));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        steps.close();
        executor.close();
    }

    @Test
    void runsAGraphInAWorkflowOfTheUsersOwn() {
        Review run = client().newWorkflowStub(Review.class, options("own"));
        WorkflowClient.start(run::run, "tides");
        WorkflowStub stub = WorkflowStub.fromTyped(run);
        Decisions.send(stub, "ok", Decision.yes("Ann"));
        assertEquals("COMPLETED by Ann", stub.getResult(String.class));
    }

    @Test
    void runsAGraphAsItIs() {
        WorkflowStub run = client().newUntypedWorkflowStub("review", options("bound"));
        run.start(Map.of("topic", "tides"));
        Decisions.send(run, "ok", Decision.no("Bob"));
        WorkflowFailedException failed = assertThrows(WorkflowFailedException.class, () -> run.getResult(Map.class));
        ApplicationFailure failure = assertInstanceOf(ApplicationFailure.class, failed.getCause());
        assertEquals("NodeFailedException", failure.getType());
    }

    private WorkflowClient client() {
        return server.getWorkflowClient();
    }

    private static WorkflowOptions options(String id) {
        return WorkflowOptions.newBuilder()
                .setTaskQueue(QUEUE)
                .setWorkflowId(id)
                .build();
    }

    @WorkflowInterface
    public interface Review {
        @WorkflowMethod
        String run(String topic);
    }

    private static final class ReviewBySteps implements Review {
        private final StepWorker steps;
        private final WorkflowExecutor executor;
        private final Workflow review;

        ReviewBySteps(StepWorker steps, WorkflowExecutor executor, Workflow review) {
            this.steps = steps;
            this.executor = executor;
            this.review = review;
        }

        @Override
        public String run(String topic) {
            return steps.execute(
                    executor,
                    review,
                    Map.of("topic", topic),
                    result -> result.orThrow().getState() + " by "
                            + result.nodeOutput("ok").toString().replaceAll(".*\"by\":\"(\\w+)\".*", "$1"));
        }
    }
}
