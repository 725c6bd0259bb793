package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.core.room.RoomLog;
import kith.node.gateway.socket.WebSocketFraming;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.metrics.Metrics;
import kith.node.platform.metrics.RoomMetrics;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RelaysTest {
  private static final ActorTestKit KIT = LocalActors.create();

  private final TestProbe<Room.Command> sharding = KIT.createTestProbe();
  private final ActorRef<Relays.Command> relays =
      KIT.spawn(Relays.create(new TestReach(), new WebSocketFraming(), List.of()));

  private final class TestReach implements RoomAccess {
    @Override
    public void tell(String room, Room.Command command) {
      sharding.ref().tell(command);
    }

    @Override
    public NodeSettings.Rooms settings() {
      return RoomRelayTest.SETTINGS;
    }

    @Override
    public Clock clock() {
      return new TestClock();
    }

    @Override
    public RoomLog log() {
      return new FakeRoomLog();
    }

    @Override
    public RoomMetrics metrics() {
      return new Metrics().rooms();
    }
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  @Test
  void aRelayThatNobodyIsOnTheWayToIsStoppedAndTheNextIsAnother() {
    opens();
    var relay = attaches();

    relays.tell(new Relays.Leaving("r1", relay, 1));

    sharding.expectTerminated(relay, Duration.ofSeconds(3));
    opens();
    assertThat(attaches()).isNotEqualTo(relay);
  }

  @Test
  void aRelayThatSomebodyIsOnTheWayToStays() {
    opens();
    var relay = attaches();
    opens();

    relays.tell(new Relays.Leaving("r1", relay, 1));
    opens();
    relay.tell(
        new RoomRelay.FromRoom(new Room.Attached(KIT.<Room.Command>createTestProbe().ref(), 0)));
    sharding.expectMessageClass(Room.Admit.class);

    relays.tell(new Relays.Leaving("r1", relay, 3));
    sharding.expectTerminated(relay, Duration.ofSeconds(3));
  }

  private void opens() {
    var session = KIT.<RoomRelay.ToSession>createTestProbe();
    relays.tell(new Relays.Open("r1", new RoomRelay.Open("ann", session.ref())));
  }

  private ActorRef<RoomRelay.Command> attaches() {
    return sharding.expectMessageClass(Room.Attach.class).relay().unsafeUpcast();
  }
}
