package dev.slipway.app.edge;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The edge's process. Ready when {@code edge.json} names its pid; on SIGTERM it stops accepting,
 * lets requests in flight end, and exits with 0. Exit codes: 1 it could not start, 2 usage, 3
 * another edge runs on the same directory.
 */
public final class EdgeMain {
  /** Exit code when another edge runs on the directory. */
  static final int EXIT_LOCKED = 3;

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final int LOG_BYTES_MAX = 4 << 20;
  private static final long START_SECONDS = 50;

  private EdgeMain() {}

  /** Runs an edge; see {@link EdgeArguments} for what it takes. */
  public static void main(String[] args) {
    // Vert.x and Netty would find the application's logging and start it.
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
    System.setProperty("vertx.disableDnsResolver", "true");
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n");
    System.setProperty("io.netty.jfr.enabled", "false");
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    // Event loops that are up must not keep a half-started edge alive, whatever went wrong.
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (thread, cause) -> {
              cause.printStackTrace();
              Runtime.getRuntime().halt(EXIT_FAILED);
            });
    int code = run(args, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(String[] args, PrintStream complaints) {
    try {
      return start(EdgeArguments.parse(args), complaints);
    } catch (EdgeArguments.Wrong e) {
      complaints.println("slipway edge: " + e.getMessage());
      return EXIT_USAGE;
    } catch (IOException | ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      complaints.println("slipway edge: cannot start: " + cause);
      return EXIT_FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EXIT_FAILED;
    }
  }

  private static int start(EdgeArguments arguments, PrintStream complaints)
      throws IOException, ExecutionException, InterruptedException, TimeoutException {
    StateDirectory state = new StateDirectory(arguments.state());
    state.create();
    Optional<FileLock> lock = state.lock();
    if (lock.isEmpty()) {
      complaints.println("slipway edge: another edge runs on " + arguments.state());
      return EXIT_LOCKED;
    }
    state.provideToken();
    logTo(state);
    EdgeOptions options = arguments.options();
    Capacity capacity = Capacity.of(Runtime.getRuntime().maxMemory(), options);
    // Two of them share nothing: neither event loops nor the thread that accepts connections.
    Vertx governing = Vertx.vertx(vertxOptions().setEventLoopPoolSize(1));
    Vertx serving = Vertx.vertx(vertxOptions());
    AdminServer admin =
        new AdminServer(
            serving,
            state,
            options,
            capacity,
            arguments.ports(),
            state.token(),
            InstantSource.system());
    try {
      governing
          .deployVerticle(admin)
          .compose(deployed -> WarmUp.run(serving, options, capacity))
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      serving.close();
      governing.close();
      throw e;
    }
    long drainMs = options.drain().toMillis();
    Supplier<Future<Void>> close = () -> serving.close().eventually(governing::close);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(close, state, drainMs, lock.get()), "stop"));
    state.announce(admin.address());
    return 0;
  }

  private static void logTo(StateDirectory state) throws IOException {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    FileHandler file = new FileHandler(state.logPattern(), LOG_BYTES_MAX, 2, true);
    file.setFormatter(new SimpleFormatter());
    root.addHandler(file);
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setWorkerPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /** Closing Vert.x undeploys every route, and each drains as it stops; the admin goes last. */
  private static void stop(
      Supplier<Future<Void>> close, StateDirectory state, long drainMs, FileLock lock) {
    try {
      close
          .get()
          .toCompletionStage()
          .toCompletableFuture()
          .get(drainMs + 5_000, TimeUnit.MILLISECONDS);
      state.withdraw();
      lock.release();
    } catch (IOException | ExecutionException | TimeoutException e) {
      System.err.println("slipway edge: did not stop cleanly: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
