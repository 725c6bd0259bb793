package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import kith.node.person.Patience;
import kith.node.platform.cluster.Membership;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.database.Database;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.apache.pekko.actor.LocalActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.junit.jupiter.api.Test;

class ActorSystemConfigTest {
  private static final EntityTypeKey<Tally.Command> TALLY =
      EntityTypeKey.create(Tally.Command.class, "tally");

  @Test
  void aShardedEntityRecoversInTheNextActorSystem() {
    var url = TestPostgres.migratedDatabase();
    var settings = settings(url);
    try (var database = Database.start(settings.database())) {
      var config = config(settings, database);

      assertThat(count(ActorTestKit.create("kith", config), 25)).isEqualTo(25);
      assertThat(count(ActorTestKit.create("kith", config), 1)).isEqualTo(26);
    }
  }

  @Test
  void coordinatorsHaveThreadsThatRoomsDoNotUse() {
    var url = TestPostgres.migratedDatabase();
    var settings = settings(url);
    try (var database = Database.start(settings.database())) {
      var kit = ActorTestKit.create("kith", config(settings, database));
      var _ = tally(kit, "one");

      assertThat(dispatcher(kit, "/system/sharding/tallyCoordinator/singleton/coordinator"))
          .isEqualTo("pekko.actor.internal-dispatcher");
      assertThat(dispatcher(kit, "/system/sharding/tally"))
          .isEqualTo("pekko.actor.default-dispatcher");
      kit.shutdownTestKit();
    }
  }

  private static String dispatcher(ActorTestKit kit, String path) {
    var system = Adapter.toClassic(kit.system());
    var actor =
        kit.<Integer>createTestProbe()
            .awaitAssert(
                Patience.LONGEST,
                () ->
                    system
                        .actorSelection(path)
                        .resolveOne(Duration.ofSeconds(5))
                        .toCompletableFuture()
                        .join());
    return ((LocalActorRef) actor).underlying().dispatcher().id();
  }

  @Test
  void oneOfThreeNodesHasItsShareOfTheShardsWithinAMinute() {
    var sharding = ConfigFactory.load().getConfig("pekko.cluster.sharding");
    var looks = sharding.getDuration("rebalance-interval").plus(ClusterIntervals.REBALANCE);

    int shards = Math.ceilDiv(sharding.getInt("number-of-shards"), 3);
    assertThat(looks.multipliedBy(shards)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void theStepInWhichANodesShardsMoveOutlastsTheirMove() {
    var step =
        ConfigFactory.load()
            .getDuration("pekko.coordinated-shutdown.phases.before-service-unbind.timeout");

    assertThat(step).isGreaterThan(ClusterIntervals.SHARDS_LEAVE.plus(ClusterIntervals.FAREWELL));
  }

  @Test
  void theJournalsConnectionsBeginWithTheSameStatementsAsOurs() throws SQLException {
    var url = TestPostgres.migratedDatabase();
    var settings = settings(url);
    try (var database = Database.start(settings.database());
        var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE setting (silence text, lock text);
          CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO setting SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout');
            RETURN NEW;
          END $$;
          CREATE TRIGGER note BEFORE INSERT ON event_journal FOR EACH ROW EXECUTE FUNCTION note();
          """);

      count(ActorTestKit.create("kith", config(settings, database)), 1);

      try (var noted = statement.executeQuery("SELECT * FROM setting")) {
        noted.next();
        assertThat(noted.getString("silence")).isEqualTo("4s");
        assertThat(noted.getString("lock")).isEqualTo("6s");
      }
    }
  }

  @Test
  void anEntityWhoseLogLacksRowsInTheMiddleDoesNotStart() throws SQLException {
    var url = TestPostgres.migratedDatabase();
    var settings = settings(url);
    try (var database = Database.start(settings.database());
        var connection = database.source().getConnection()) {
      count(ActorTestKit.create("kith", config(settings, database)), 5);
      Jdbc.change(connection, "DELETE FROM event_journal WHERE sequence_number IN (3, 4)");
      var patient = ConfigFactory.parseString("pekko.actor.testkit.typed.filter-leeway = 5m");
      var kit = ActorTestKit.create("kith", patient.withFallback(config(settings, database)));

      LoggingTestKit.custom(it -> messages(it.getThrowable()).contains("no entries from 3 to 4"))
          .expect(
              kit.system(),
              () -> {
                tally(kit, "one").tell(new Tally.Count(kit.<Integer>createTestProbe().ref()));
                return null;
              });
      kit.shutdownTestKit();
    }
  }

  private static String messages(Optional<Throwable> fault) {
    var messages = new StringBuilder();
    for (var it = fault.orElse(null); it != null; it = it.getCause())
      messages.append(it.getMessage()).append('\n');
    return messages.toString();
  }

  private static NodeSettings settings(JdbcUrl url) {
    return NodeSettings.read(
        Optional.empty(),
        Map.of(
            "kith.cluster.tls.insecure-plain-remoting", "true",
            "kith.database.url", url.url(),
            "kith.database.user", url.user().orElseThrow(),
            "kith.database.password", url.password().orElseThrow()));
  }

  private static Config config(NodeSettings settings, Database database) {
    return ConfigFactory.parseString(
            "pekko.actor.serialization-bindings {\""
                + Stored.class.getName()
                + "\" = jackson-cbor}")
        .withFallback(ActorSystemConfig.of(settings, database.url()));
  }

  private static int count(ActorTestKit kit, int times) {
    try {
      var tally = tally(kit, "one");
      var probe = kit.<Integer>createTestProbe();
      for (int i = 0; i < times; i++) tally.tell(new Tally.Count(probe.ref()));
      int last = 0;
      for (int i = 0; i < times; i++) last = probe.receiveMessage(Duration.ofSeconds(20));
      return last;
    } finally {
      kit.shutdownTestKit();
    }
  }

  private static EntityRef<Tally.Command> tally(ActorTestKit kit, String id) {
    Membership.of(kit.system()).form();
    var sharding = ClusterSharding.get(kit.system());
    var _ = sharding.init(Entity.of(TALLY, context -> new Tally(context.getEntityId())));
    return sharding.entityRefFor(TALLY, id);
  }

  /// Written by Pekko's own serializer: the table of type names is not for tests.
  interface Stored {}

  /// Counts, and snapshots now and then.
  private static final class Tally
      extends EventSourcedBehavior<Tally.Command, Tally.Counted, Tally.State> {
    interface Command extends Stored {}

    record Count(ActorRef<Integer> replyTo) implements Command {}

    record Counted(int to) implements Stored {}

    record State(int count) implements Stored {}

    Tally(String id) {
      super(PersistenceId.of("tally", id));
    }

    @Override
    public State emptyState() {
      return new State(0);
    }

    @Override
    public CommandHandler<Command, Counted, State> commandHandler() {
      return (state, command) ->
          Effect()
              .persist(new Counted(state.count() + 1))
              .thenRun(counted -> ((Count) command).replyTo().tell(counted.count()));
    }

    @Override
    public EventHandler<State, Counted> eventHandler() {
      return (_, event) -> new State(event.to());
    }

    @Override
    public RetentionCriteria retentionCriteria() {
      return RetentionCriteria.snapshotEvery(10, 2);
    }
  }
}
