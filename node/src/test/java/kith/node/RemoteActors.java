package kith.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;

/// Actors that others reach over a network, without a cluster around them.
public final class RemoteActors {
  private RemoteActors() {}

  public static ActorTestKit create(Config more) {
    return LocalActors.create(
        ConfigFactory.parseString(
            """
            pekko.actor.provider = remote
            pekko.remote.warn-about-direct-use = off
            pekko.remote.artery { transport = tcp, canonical { hostname = "127.0.0.1", port = 0 } }
            """),
        more);
  }

  /// An actor on a node that need not be there.
  public static <T> ActorRef<T> elsewhere(ActorSystem<?> here, String name) {
    return ActorRefResolver.get(here)
        .resolveActorRef("pekko://kith@10.0.0.7:25520/user/" + name + "#1234");
  }
}
