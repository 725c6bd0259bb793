package kith.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/// Actors as a node has them, without a cluster around them.
public final class LocalActors {
  private LocalActors() {}

  public static ActorTestKit create(Config... more) {
    var config =
        ConfigFactory.parseString(
            """
            pekko.actor.provider = local
            pekko.persistence.journal.auto-start-journals = []
            pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
            """);
    for (var some : more) config = some.withFallback(config);
    return ActorTestKit.create("kith-test", config.withFallback(ConfigFactory.load()));
  }
}
