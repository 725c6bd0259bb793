package kith.node.core.room;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.platform.cluster.Departures;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.RoomSettings;
import kith.node.platform.metrics.RoomMetrics;
import kith.protocol.Code;
import kith.protocol.rest.RoomRequests.Retention;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/// Finds rooms by their id, on any node.
///
/// Sharding's own passivation is off. A room decides itself when to passivate, because only the
/// room has the list of attached relays. Messages of relays do not pass through sharding, and a
/// room must not be stopped while people are in it.
public final class Rooms implements RoomAccess {
  private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ClusterSharding sharding;
  private final RoomContext world;

  private Rooms(ClusterSharding sharding, RoomContext world) {
    this.sharding = sharding;
    this.world = world;
  }

  public static Rooms start(ActorSystem<?> system, RoomContext world) {
    var sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(Room.KEY, entity -> Room.create(entity.getEntityId(), world, entity.getShard()))
            .withAllocationStrategy(Departures.of(system).shardMoves())
            .withStopMessage(new Room.Stop()));
    return new Rooms(sharding, world);
  }

  /// 100 bits of randomness: an id cannot be guessed.
  public static String newId() {
    var id = new StringBuilder(ID_LENGTH);
    for (var i = 0; i < ID_LENGTH; i++)
      id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
    return id.toString();
  }

  /// True if this could be the id of a room. Other texts are not worth waking an entity for.
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  @Override
  public RoomSettings settings() {
    return world.settings();
  }

  @Override
  public Clock clock() {
    return world.clock();
  }

  @Override
  public RoomLog log() {
    return world.log();
  }

  @Override
  public RoomMetrics metrics() {
    return world.metrics();
  }

  public RoomContext.Passcodes passcodes() {
    return world.passcodes();
  }

  @Override
  public void tell(String room, Room.Command command) {
    entity(room).tell(command);
  }

  /// Asks a feature's part of an open room; a room that is not open does not answer.
  ///
  /// @param unanswered the answer if there is none in time
  public <A> CompletionStage<A> askPart(
      String room, Function<ActorRef<A>, Room.PartCommand> command, A unanswered) {
    return entity(room)
        .<A>ask(command::apply, Intervals.ROOM_ANSWER)
        .exceptionally(_ -> unanswered);
  }

  /// A missing answer becomes `UNAVAILABLE`.
  public CompletionStage<Room.Outcome> ask(
      String room, Function<ActorRef<Room.Outcome>, Room.Command> command) {
    if (!isId(room)) return done(new Room.Denied(Code.UNKNOWN_ROOM));
    return entity(room)
        .<Room.Outcome>ask(command::apply, Intervals.ROOM_ANSWER)
        .exceptionally(_ -> new Room.Denied(Code.UNAVAILABLE));
  }

  public CompletionStage<RoomView.Answer> look(String room, RoomView.Question question) {
    if (!isId(room)) return done(new RoomView.Denied(Code.UNKNOWN_ROOM));
    return entity(room)
        .<RoomView.Answer>ask(replyTo -> new Room.Look(question, replyTo), Intervals.ROOM_ANSWER)
        .exceptionally(_ -> new RoomView.Denied(Code.UNAVAILABLE));
  }

  public CompletionStage<Room.Outcome> perform(String room, String by, RoomAction act) {
    return ask(room, replyTo -> new Room.Perform(by, act, replyTo));
  }

  /// For administrators of the server. Repeating an act changes nothing more.
  public CompletionStage<Room.Outcome> administer(String room, String by, RoomAction act) {
    return ask(room, replyTo -> new Room.Administer(by, act, replyTo));
  }

  public CompletionStage<Room.Outcome> join(
      String room,
      String user,
      Optional<String> passcode,
      Optional<String> invitation,
      Optional<String> owner) {
    var tokenHash = invitation.map(Invitations::hash);
    return ask(room, replyTo -> new Room.Join(user, passcode, tokenHash, owner, replyTo));
  }

  public CompletionStage<Room.Outcome> redactOwn(String room, String author, Set<Long> messages) {
    return ask(room, replyTo -> new Room.RedactOwn(author, messages, replyTo));
  }

  /// The entries that a retention would remove from a room, with the server's defaults and maxima.
  public record RetentionPreview(Retention effective, LogAging.Preview removed) {}

  public CompletionStage<RetentionPreview> preview(String room, Retention own) {
    var effective = RetentionRules.effective(Optional.of(own), world.aging().settings());
    return world
        .aging()
        .log()
        .preview(room, effective, world.clock().instant())
        .thenApply(removed -> new RetentionPreview(effective, removed));
  }

  /// Posts for a user without a session. A missing answer becomes `UNAVAILABLE`.
  public CompletionStage<Post.Verdict> submit(String room, Post.Say post) {
    return entity(room)
        .<Post.Verdict>ask(replyTo -> new Room.Submit(post, replyTo), Intervals.ROOM_ANSWER)
        .exceptionally(_ -> new Post.Refused(Code.UNAVAILABLE));
  }

  /// A large log takes long. A missing answer becomes `UNAVAILABLE`.
  CompletionStage<Room.Outcome> rebuild(String room, String projection) {
    return entity(room)
        .<Room.Outcome>ask(replyTo -> new Room.Rebuild(projection, replyTo), Intervals.ROOM_REBUILD)
        .exceptionally(_ -> new Room.Denied(Code.UNAVAILABLE));
  }

  private EntityRef<Room.Command> entity(String room) {
    return sharding.entityRefFor(Room.KEY, room);
  }

  private static <T> CompletionStage<T> done(T value) {
    return java.util.concurrent.CompletableFuture.completedFuture(value);
  }
}
