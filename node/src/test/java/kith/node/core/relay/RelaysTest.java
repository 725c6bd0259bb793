package kith.node.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.node.LocalActors;
import kith.node.core.account.TestClock;
import kith.node.core.room.FakeRoomLog;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.core.room.RoomLog;
import kith.node.gateway.socket.WebSocketFraming;
import kith.node.platform.config.RoomSettings;
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
  private final TestProbe<RoomRelay.ToSession> session = KIT.createTestProbe();
  private int opened;
  private final ActorRef<Relays.Command> relays =
      KIT.spawn(Relays.create(new TestReach(), new WebSocketFraming(), List.of()));

  private final class TestReach implements RoomAccess {
    @Override
    public void tell(String room, Room.Command command) {
      sharding.ref().tell(command);
    }

    @Override
    public RoomSettings settings() {
      return RelayFixture.SETTINGS;
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
  void aRelayWithoutSessionsStopsAndTheNextOpenStartsANewOne() {
    opens();
    var relay = attached();

    relays.tell(new Relays.Leaving("r1", relay, 1));

    sharding.expectTerminated(relay, Duration.ofSeconds(3));
    opens();
    assertThat(attached()).isNotEqualTo(relay);
  }

  @Test
  void aRelayStaysWhileAnOpenIsOnItsWay() {
    opens();
    var relay = attached();
    opens();
    sharding.expectMessageClass(Room.Admit.class);

    relays.tell(new Relays.Leaving("r1", relay, 1));
    opens();

    sharding.expectMessageClass(Room.Admit.class);
    relays.tell(new Relays.Leaving("r1", relay, 3));
    sharding.expectTerminated(relay, Duration.ofSeconds(3));
  }

  private void opens() {
    relays.tell(new Relays.Open("r1", new RoomRelay.Open("u" + ++opened, session.ref())));
  }

  /// Answers as the room does, until the session receives its relay.
  private ActorRef<RoomRelay.Command> attached() {
    var relay = sharding.expectMessageClass(Room.Attach.class).relay();
    relay.tell(new Room.Attached(KIT.<Room.Command>createTestProbe().ref(), 0));
    var admit = sharding.expectMessageClass(Room.Admit.class);
    relay.tell(new Room.Admission(admit.user(), Optional.empty(), 0));
    return session.expectMessageClass(RoomRelay.Opened.class).relay();
  }
}
