package dev.slipway.bench.ledger;

import dev.slipway.ledger.ConsistencyProof;
import dev.slipway.ledger.InclusionProof;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.TileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Latency of making proofs at random places of a log made by {@link Fill}.
 *
 * <p>{@code org.openjdk.jmh.Main Proofs -p directory=DIRECTORY}
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class Proofs {
  /** The log's directory. */
  @Param("")
  public String directory = "";

  private final SplittableRandom random = new SplittableRandom(1);
  private LogReader log = new LogReader(path -> Optional.empty(), 0);

  /** Reads the checkpoint. */
  @Setup
  public void open() throws IOException {
    byte[] checkpoint = Files.readAllBytes(Path.of(directory, "checkpoint"));
    log =
        new LogReader(
            TileSource.directory(Path.of(directory)),
            SignedCheckpoint.parse(checkpoint).checkpoint().size());
  }

  /** Makes an inclusion proof from the tiles. */
  @Benchmark
  public InclusionProof inclusion() {
    return log.inclusion(random.nextLong(log.size()));
  }

  /** Makes a consistency proof from the tiles. */
  @Benchmark
  public ConsistencyProof consistency() {
    return log.consistency(1 + random.nextLong(log.size() - 1));
  }
}
