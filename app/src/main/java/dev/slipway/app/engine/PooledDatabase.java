package dev.slipway.app.engine;

import com.typesafe.config.Config;
import javax.sql.DataSource;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabaseProvider;
import scala.Option;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;
import slick.jdbc.PostgresProfile$;
import slick.util.AsyncExecutor;

/** Lets the journal use the control plane's connection pool instead of one of its own. */
public final class PooledDatabase implements SlickDatabaseProvider {
  private static final int WAITING_MAX = 20_000;

  /** The pool, handed to the actor system when it is made. */
  static final class Pool extends Setup {
    private final DataSource database;
    private final int connections;

    Pool(DataSource database, int connections) {
      this.database = database;
      this.connections = connections;
    }
  }

  private record Shared(JdbcBackend.JdbcDatabaseDef database) implements SlickDatabase {
    @Override
    public JdbcProfile profile() {
      return PostgresProfile$.MODULE$;
    }

    /** A shutdown would close the pool, which is not ours. */
    @Override
    public boolean allowShutdown() {
      return false;
    }
  }

  private final SlickDatabase shared;

  /** Made by the journal, by name. */
  public PooledDatabase(ActorSystem system) {
    Pool pool =
        system
            .settings()
            .setup()
            .get(Pool.class)
            .orElseThrow(() -> new IllegalStateException("the engine hands over its pool"));
    AsyncExecutor executor =
        AsyncExecutor.apply(
            "journal", pool.connections, pool.connections, WAITING_MAX, pool.connections);
    system.registerOnTermination(executor::close);
    this.shared =
        new Shared(
            PostgresProfile$.MODULE$
                .backend()
                .Database()
                .forDataSource(pool.database, Option.apply(pool.connections), executor, false));
  }

  @Override
  public SlickDatabase database(Config config) {
    return shared;
  }
}
