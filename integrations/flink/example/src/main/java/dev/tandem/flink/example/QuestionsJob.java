package dev.tandem.flink.example;

import dev.tandem.flink.Answer;
import dev.tandem.flink.Ask;
import dev.tandem.flink.Failure;
import dev.tandem.flink.TandemStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.ParameterTool;

/**
 * Asks a model many questions, and writes each answer once, however often the job dies. By itself it runs within this program,
 * and goes on from the last checkpoint in its folder; {@code flink run} sends it to a cluster. Needs no
 * key; with {@code OPENAI_API_KEY} set where its tasks run, it asks OpenAI.
 *
 * <pre>{@code
 * java -cp 'target/questions-job.jar:target/lib/*' dev.tandem.flink.example.QuestionsJob --rows 200 --out target/answers
 * flink run -p 4 target/questions-job.jar --rows 10000 --out s3://bucket/answers
 * }</pre>
 */
public final class QuestionsJob {
    private static final List<String> WORDS = List.of("apple", "river", "stone", "cloud", "garden", "winter", "bridge");

    private QuestionsJob() {}

    public static void main(String[] args) throws Exception {
        ParameterTool parameters = ParameterTool.fromArgs(args);
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(settings(parameters));

        DataStream<Question> questions = flink.fromSource(
                        questions(parameters.getLong("rows", 200)), WatermarkStrategy.noWatermarks(), "questions")
                .uid("questions");

        TandemStream<Question, String> asked = TandemStream.builder(
                        questions, Clients::of, Ask.generate(Question::text))
                .idempotencyKey(question -> "question-" + question.id())
                .capacity(parameters.getInt("capacity", 50))
                // The key is wrong for all of them: better stop than write ten thousand failures.
                .stopJobIf(error -> error.getType().equals("UnauthorizedException"))
                .uid("ask")
                .build();

        String out = parameters.get("out", "target/answers");
        lines(asked.answers().map(QuestionsJob::line), out + "/answers", "answers");
        lines(asked.failures().map(QuestionsJob::line), out + "/failures", "failures");
        flink.execute("questions");
    }

    /** What is not said here comes from the cluster. */
    private static Configuration settings(ParameterTool parameters) throws Exception {
        Configuration settings = new Configuration();
        // Whatever Flink cannot serialise by itself is to be seen at once, and not when there is state of it.
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                Duration.ofMillis(parameters.getLong("checkpoint-millis", 10_000)));
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // A key that is wrong stays wrong. Flink's own way is to try again for ever.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        if (parameters.has("parallelism"))
            settings.set(CoreOptions.DEFAULT_PARALLELISM, parameters.getInt("parallelism"));
        if (parameters.has("checkpoints")) {
            Path folder = Path.of(parameters.get("checkpoints")).toAbsolutePath();
            settings.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
            Optional<Path> latest = LatestCheckpoint.in(folder);
            latest.ifPresent(path -> settings.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
            System.out.println(latest.map(path -> "goes on from " + path).orElse("begins"));
        }
        return settings;
    }

    /** In place of files or a topic: any source that goes back to where a checkpoint was. */
    private static DataGeneratorSource<Question> questions(long rows) {
        return new DataGeneratorSource<>(
                id -> new Question(id, "Say " + WORDS.get((int) (id % WORDS.size())) + " " + id + "."),
                rows,
                TypeInformation.of(Question.class));
    }

    /** A file is closed with each checkpoint, and seen when that is whole: nothing that is asked again is written again. */
    private static void lines(DataStream<String> lines, String folder, String uid) {
        lines.sinkTo(FileSink.forRowFormat(new org.apache.flink.core.fs.Path(folder), new SimpleStringEncoder<String>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build())
                .uid(uid);
    }

    private static String line(Answer<Question, String> answer) {
        return answer.getItem().id() + "\t" + answer.getValue().replaceAll("\\s+", " ");
    }

    private static String line(Failure<Question> failure) {
        return failure.getItem().id() + "\t" + failure.getError().toString().replaceAll("\\s+", " ");
    }
}
