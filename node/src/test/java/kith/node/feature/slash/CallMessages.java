package kith.node.feature.slash;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.frame.ServerFrame.CallArgument;
import org.apache.pekko.actor.typed.ActorSystem;

/// The messages about calls between nodes.
public final class CallMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private CallMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    var called =
        new AccountCalls.Called(
            "c1",
            "r1",
            "vote",
            "2",
            List.of(new CallArgument("number", "2")),
            "bob",
            NOON,
            NOON.plusSeconds(30));
    var answered =
        new AccountCalls.Answered(
            "c1", "r1", "poll", "vote", Optional.of("Done."), Optional.empty());
    return List.of(
        called,
        answered,
        new AccountCalls.Deliver(answered, elsewhere(here, "answerer")),
        new AccountCalls.Delivered(true),
        new AccountCalls.Pass(called));
  }
}
