package kith.node.feature.moderation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.audit.AuditAct;
import kith.node.core.room.Commit;
import kith.node.core.room.OrderedWrites;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHost;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;

/// The part of a room that mutes members. It reads the mutes when the room wakes; until then the
/// room decides no posts. A change is stored before it is in force and answered.
public final class RoomModeration implements RoomPart.WithCommands<RoomModeration.Command> {

  public sealed interface Command extends Room.PartCommand {}

  /// A relay asks for the [Standing].
  public record Ask(ActorRef<Room.ToRelay> relay) implements Command {}

  public record MuteUser(
      String by, String user, long millis, Optional<String> reason, ActorRef<Room.Outcome> replyTo)
      implements Command {}

  public record EndMute(String by, String user, ActorRef<Room.Outcome> replyTo)
      implements Command {}

  public record ListMutes(String by, ActorRef<Answer> replyTo) implements Command {}

  public sealed interface Answer extends CborSerializable {}

  public record MuteList(List<Mute> mutes) implements Answer {
    public MuteList {
      mutes = List.copyOf(mutes);
    }
  }

  public record Denied(Code code) implements Answer {}

  /// The moderation state for relays, sent when they ask, and after each change.
  ///
  /// @param pending not written if there is nothing
  public record Standing(
      List<Mute> mutes, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Pending> pending)
      implements Room.PartMessage {
    public Standing {
      mutes = List.copyOf(mutes);
    }

    public Standing(List<Mute> mutes) {
      this(mutes, Optional.empty());
    }
  }

  /// The open tasks of a moderator.
  ///
  /// @param joinRequests not written if there are none
  public record Pending(
      Set<String> moderators,
      List<OpenReports> reports,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt joinRequests) {
    public Pending {
      moderators = Set.copyOf(moderators);
      reports = List.copyOf(reports);
    }

    public Pending(Set<String> moderators, List<OpenReports> reports) {
      this(moderators, reports, OptionalInt.empty());
    }
  }

  /// @param author of the messages
  /// @param count the number of open reports
  public record OpenReports(String author, int count) {}

  /// The reports of the room have changed.
  public record Recount() implements Command {}

  /// The number of users who ask to join has changed; on the room's own actor.
  public record JoinsWaiting(int count) implements Command {}

  record Loaded(List<Mute> mutes) implements Command {}

  record Counted(Map<String, Integer> reports) implements Command {}

  /// @param change the mutes in force now; empty if there are too many
  record Stored(Optional<Change> change, ActorRef<Room.Outcome> replyTo) implements Command {}

  record NotStored(ActorRef<Room.Outcome> replyTo) implements Command {}

  /// @param mute absent if the user is no longer muted
  record Change(String by, String user, Optional<Mute> mute) {}

  /// Records an act in the audit log.
  public interface Recorder {
    void record(AuditAct act, String by, String room, String user, Optional<String> detail);
  }

  /// @param reports counts the open reports of a room, by the author of the message
  /// @param refused called when a post of a muted user is refused
  /// @param news receives the id of a room in which the reports or requests to join have changed
  record Factory(
      MuteStore store,
      Function<String, CompletionStage<Map<String, Integer>>> reports,
      Recorder audit,
      Runnable refused,
      Consumer<String> news,
      Clock clock)
      implements RoomPart.Factory {
    @Override
    public RoomPart create(RoomHost room) {
      return new RoomModeration(room, this);
    }

    @Override
    public Optional<Class<? extends Room.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final RoomHost host;
  private final Factory node;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final OrderedWrites writes = new OrderedWrites(ready, Portions.WAITING_MUTES);
  private Mutes mutes = Mutes.NONE;
  private Map<String, Integer> reports = Map.of();
  private int joinRequests;

  private RoomModeration(RoomHost host, Factory node) {
    this.host = host;
    this.node = node;
  }

  @Override
  public CompletionStage<Void> ready() {
    return ready;
  }

  @Override
  public Optional<PostRule> rule() {
    return Optional.of(
        new PostRule() {
          @Override
          public Optional<Post.Refused> refusal(
              RoomState room, Post post, Optional<Post.Fact> target, Instant now) {
            var refusal = mutes.refusal(room, post, now);
            if (refusal.isPresent()) node.refused().run();
            return refusal;
          }
        });
  }

  @Override
  public void awake(RoomState room) {
    if (room.isOpen() && !room.isDirect()) {
      load();
      count();
    } else ready.complete(null);
    if (room.phase() == RoomState.Phase.DELETED) forget();
  }

  @Override
  public void committed(Commit commit) {
    for (var event : commit.events())
      if (event instanceof RoomEvent.Deleted) {
        ready.complete(null);
        forget();
      }
    if (isPending()
        && !ModeratorProjection.moderators(commit.before())
            .equals(ModeratorProjection.moderators(commit.after())))
      host.tellAll(standing(commit.after()));
  }

  /// Rows of a room that does not exist do no harm, so a failure is not retried.
  private void forget() {
    var _ = node.store().removeAll(host.id());
  }

  @Override
  public void on(RoomState room, Command command) {
    switch (command) {
      case Ask(var relay) -> {
        if (ready.isDone()) relay.tell(standing(room));
      }
      case MuteUser asked -> mute(room, asked);
      case EndMute asked -> end(room, asked);
      case ListMutes(var by, var replyTo) -> list(room, by, replyTo);
      case Loaded(var found) -> loaded(room, found);
      case Stored(var change, var replyTo) -> stored(room, change, replyTo);
      case Recount _ -> {
        // a room that has just woken has no earlier number to compare with
        node.news().accept(host.id());
        count();
      }
      case Counted(var found) -> counted(room, found);
      case JoinsWaiting(var count) -> {
        joinRequests = count;
        node.news().accept(host.id());
        if (ready.isDone()) host.tellAll(standing(room));
      }
      case NotStored(var replyTo) -> deny(replyTo, Code.UNAVAILABLE);
    }
  }

  private void load() {
    host.read(() -> node.store().ofRoom(host.id(), now()), Loaded::new);
  }

  private void loaded(RoomState room, List<Mute> found) {
    mutes = Mutes.of(found);
    ready.complete(null);
    host.tellAll(standing(room));
  }

  private void count() {
    host.read(() -> node.reports().apply(host.id()), Counted::new);
  }

  private void counted(RoomState room, Map<String, Integer> found) {
    if (found.equals(reports)) return;
    reports = Map.copyOf(found);
    node.news().accept(host.id());
    if (ready.isDone()) host.tellAll(standing(room));
  }

  private Standing standing(RoomState room) {
    return new Standing(
        mutes.inForce(now()),
        isPending()
            ? Optional.of(
                new Pending(
                    ModeratorProjection.moderators(room),
                    openReports(),
                    joinRequests == 0 ? OptionalInt.empty() : OptionalInt.of(joinRequests)))
            : Optional.empty());
  }

  private boolean isPending() {
    return !reports.isEmpty() || joinRequests > 0;
  }

  private List<OpenReports> openReports() {
    return reports.entrySet().stream()
        .map(it -> new OpenReports(it.getKey(), it.getValue()))
        .toList();
  }

  private void mute(RoomState room, MuteUser asked) {
    var objection = Mutes.objection(room, asked.by(), asked.user());
    if (objection.isPresent()) {
      deny(asked.replyTo(), objection.get());
      return;
    }
    var mute =
        new Mute(asked.user(), asked.by(), now(), now().plusMillis(asked.millis()), asked.reason());
    write(
        () -> node.store().put(host.id(), mute),
        new Change(asked.by(), asked.user(), Optional.of(mute)),
        asked.replyTo());
  }

  private void end(RoomState room, EndMute asked) {
    var objection = Mutes.objectionToEnd(room, asked.by(), asked.user());
    if (objection.isPresent()) deny(asked.replyTo(), objection.get());
    else
      write(
          () -> node.store().remove(host.id(), asked.user()),
          new Change(asked.by(), asked.user(), Optional.empty()),
          asked.replyTo());
  }

  private void write(
      Supplier<CompletionStage<Boolean>> write, Change change, ActorRef<Room.Outcome> replyTo) {
    if (writes.areTooMany()) {
      deny(replyTo, Code.UNAVAILABLE);
      return;
    }
    host.actor()
        .pipeToSelf(
            writes.add(write),
            (done, fault) ->
                fault == null
                    ? new Stored(Optional.of(change).filter(_ -> done), replyTo)
                    : new NotStored(replyTo));
  }

  private void stored(RoomState room, Optional<Change> change, ActorRef<Room.Outcome> replyTo) {
    if (change.isEmpty()) {
      deny(replyTo, Code.TOO_MANY_MUTES);
      return;
    }
    apply(change.get());
    host.tellAll(standing(room));
    replyTo.tell(new Room.Done(Optional.empty()));
  }

  private void apply(Change change) {
    var wasMuted = mutes.byUser().containsKey(change.user());
    mutes = change.mute().map(mutes::with).orElseGet(() -> mutes.without(change.user()));
    if (change.mute().isPresent()) record(AuditAct.ROOM_MUTE, change, detail(change.mute().get()));
    else if (wasMuted) record(AuditAct.ROOM_UNMUTE, change, Optional.empty());
  }

  private void record(AuditAct act, Change change, Optional<String> detail) {
    node.audit().record(act, change.by(), host.id(), change.user(), detail);
  }

  private static Optional<String> detail(Mute mute) {
    var until = "until " + mute.until();
    return Optional.of(mute.reason().map(reason -> until + ": " + reason).orElse(until));
  }

  private void list(RoomState room, String by, ActorRef<Answer> replyTo) {
    replyTo.tell(
        Mutes.objectionToSee(room, by)
            .<Answer>map(Denied::new)
            .orElseGet(() ->
                ready.isDone()
                    ? new MuteList(mutes.inForce(now()))
                    : new Denied(Code.UNAVAILABLE)));
  }

  private static void deny(ActorRef<Room.Outcome> replyTo, Code code) {
    replyTo.tell(new Room.Denied(code));
  }

  private Instant now() {
    return node.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
