package kith.node.feature.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import kith.node.audit.AuditAct;
import kith.node.core.account.Account;
import kith.node.core.room.Commit;
import kith.node.core.room.OrderedWrites;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomHost;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;
import kith.node.feature.moderation.RoomModeration;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.JoinState;
import org.apache.pekko.actor.typed.ActorRef;

/// The part of a room that keeps the requests to join it. It reads them when the room wakes. A
/// change is stored before it takes effect and is answered.
///
/// An accepted user becomes a member by a join of its own account, so that the limits of the
/// account apply. The room notifies the account repeatedly until the user is a member.
public final class RoomApproval implements RoomPart.WithCommands<RoomApproval.Command> {

  public sealed interface Command extends Room.PartCommand {}

  public record AskToJoin(String user, Optional<String> text, ActorRef<Room.Outcome> replyTo)
      implements Command {}

  /// The user withdraws the request, or its account was deleted.
  public record Withdraw(String user, ActorRef<Room.Outcome> replyTo) implements Command {}

  /// @param reason for the user, of a request that is declined
  public record Decide(
      String by,
      String user,
      boolean accept,
      Optional<String> reason,
      ActorRef<Room.Outcome> replyTo)
      implements Command {}

  public record ListRequests(String by, ActorRef<Answer> replyTo) implements Command {}

  public sealed interface Answer extends CborSerializable {}

  public record Waiting(List<JoinRequest> requests) implements Answer {
    public Waiting {
      requests = List.copyOf(requests);
    }
  }

  public record Denied(Code code) implements Answer {}

  record Loaded(List<JoinRequest> requests) implements Command {}

  /// Notifies the accounts of accepted users again.
  record Admit() implements Command {}

  /// A request has ended by its time.
  record Expire() implements Command {}

  /// @param done false if the request was refused by its store
  record Stored(Change change, boolean done, ActorRef<Room.Outcome> replyTo) implements Command {}

  record NotStored(ActorRef<Room.Outcome> replyTo) implements Command {}

  /// @param by the moderator of a decision
  /// @param request absent if it ends
  record Change(String user, Optional<String> by, Optional<JoinRequest> request) {}

  /// Counts the outcomes of requests.
  interface Counter {
    void count(Fate fate);
  }

  enum Fate {
    ASKED,
    WITHDRAWN,
    ACCEPTED,
    DECLINED,
    ENDED
  }

  /// @param accounts sends a command to the account of a user
  record Factory(
      RequestStore store,
      BiConsumer<String, Account.Command> accounts,
      ApprovalSettings bounds,
      RoomModeration.Recorder audit,
      Counter metrics,
      Clock clock)
      implements RoomPart.Factory {
    @Override
    public RoomPart create(RoomHost room) {
      return new RoomApproval(room, this);
    }

    @Override
    public Optional<Class<? extends Room.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final RoomHost host;
  private final Factory node;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final OrderedWrites writes = new OrderedWrites(ready, Portions.WAITING_JOINS);
  private RequestList requests = RequestList.NONE;
  private int waitingForLoad;
  private int announced;
  private Duration wait = Intervals.ROOM_RETRY;

  private RoomApproval(RoomHost host, Factory node) {
    this.host = host;
    this.node = node;
  }

  @Override
  public boolean admits(String user) {
    return requests.admits(user, now());
  }

  @Override
  public void awake(RoomState room) {
    if (room.isOpen() && !room.isDirect()) load();
    else ready.complete(null);
    if (room.phase() == RoomState.Phase.DELETED) forget();
  }

  @Override
  public void committed(Commit commit) {
    for (var event : commit.events())
      if (event instanceof RoomEvent.Deleted) {
        requests = RequestList.NONE;
        ready.complete(null);
        forget();
        return;
      }
    endOthers(commit.after());
  }

  /// A deleted room wakes rarely; rows that a failure leaves expire.
  private void forget() {
    var _ =
        writes
            .add(() -> node.store().removeAll(host.id()))
            .thenAccept(users -> users.forEach(this::tell));
  }

  @Override
  public void on(RoomState room, Command command) {
    switch (command) {
      case AskToJoin asked -> whenLoaded(asked, asked.replyTo(), () -> ask(room, asked));
      case Withdraw asked -> whenLoaded(asked, asked.replyTo(), () -> withdraw(asked));
      case Decide asked -> whenLoaded(asked, asked.replyTo(), () -> decide(room, asked));
      case ListRequests(var by, var replyTo) -> list(room, by, replyTo);
      case Loaded(var found) -> loaded(room, found);
      case Admit _ -> admit();
      case Expire _ -> announce();
      case Stored(var change, var done, var replyTo) -> stored(room, change, done, replyTo);
      case NotStored(var replyTo) -> {
        // the database may have stored it
        load();
        deny(replyTo, Code.UNAVAILABLE);
      }
    }
  }

  /// Runs between two writes, so that later writes change the state in memory.
  private void load() {
    host.read(() -> ready.isDone() ? writes.add(this::rows) : rows(), Loaded::new);
  }

  private CompletionStage<List<JoinRequest>> rows() {
    return node.store().ofRoom(host.id(), now());
  }

  private void loaded(RoomState room, List<JoinRequest> found) {
    requests = RequestList.of(found);
    ready.complete(null);
    endOthers(room);
    admit();
    announce();
  }

  /// A request to a room that has just woken waits for the table.
  private void whenLoaded(Command command, ActorRef<Room.Outcome> replyTo, Runnable action) {
    if (ready.isDone()) {
      action.run();
      return;
    }
    if (waitingForLoad >= Portions.WAITING_JOINS) {
      deny(replyTo, Code.UNAVAILABLE);
      return;
    }
    waitingForLoad++;
    var _ = ready.thenRun(() -> host.actor().getSelf().tell(command));
  }

  private void ask(RoomState room, AskToJoin asked) {
    var user = asked.user();
    var objection = requests.objectionToAsk(room, user, now());
    if (objection.isPresent()) {
      deny(asked.replyTo(), objection.get());
      return;
    }
    var before = requests.of(user, now());
    // the answer to the first request may be lost
    if (before.filter(it -> it.text().equals(asked.text())).isPresent()) {
      asked.replyTo().tell(new Room.Done(Optional.empty()));
      return;
    }
    var request =
        new JoinRequest(
            user,
            asked.text(),
            now(),
            now().plus(node.bounds().lifetime()),
            JoinState.WAITING,
            Optional.empty());
    write(
        () -> node.store().put(host.id(), room.settings().name(), request),
        new Change(user, Optional.empty(), Optional.of(request)),
        asked.replyTo());
  }

  /// A declined request stays until it may be sent again.
  private void withdraw(Withdraw asked) {
    var user = asked.user();
    var before = requests.of(user, now());
    if (before.filter(it -> it.state() != JoinState.DECLINED).isEmpty())
      asked.replyTo().tell(new Room.Done(Optional.empty()));
    else
      write(
          () -> node.store().remove(host.id(), Set.of(user)),
          new Change(user, Optional.empty(), Optional.empty()),
          asked.replyTo());
  }

  private void decide(RoomState room, Decide asked) {
    var user = asked.user();
    var objection = requests.objectionToDecide(room, asked.by(), user, asked.accept(), now());
    var request = requests.of(user, now());
    if (objection.isPresent() || request.isEmpty()) {
      deny(asked.replyTo(), objection.orElse(Code.UNKNOWN_JOIN_REQUEST));
      return;
    }
    var decided =
        asked.accept()
            ? request.get().accepted(now().plus(node.bounds().lifetime()))
            : request.get().declined(asked.reason(), now().plus(node.bounds().declinedFor()));
    write(
        () -> node.store().decide(host.id(), decided),
        new Change(user, Optional.of(asked.by()), Optional.of(decided)),
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
                fault == null ? new Stored(change, done, replyTo) : new NotStored(replyTo));
  }

  private void stored(RoomState room, Change change, boolean done, ActorRef<Room.Outcome> replyTo) {
    var isDecision = change.by().isPresent();
    if (!done) {
      // decided by another moderator, or withdrawn, or ended with its account
      if (isDecision) load();
      deny(replyTo, isDecision ? Code.UNKNOWN_JOIN_REQUEST : Code.TOO_MANY_JOIN_REQUESTS);
      return;
    }
    requests =
        change
            .request()
            .map(request -> requests.with(request, now()))
            .orElseGet(() -> requests.without(change.user()));
    record(change);
    announce();
    tell(change.user());
    // the room may have changed meanwhile
    endOthers(room);
    if (isDecision) {
      wait = Intervals.ROOM_RETRY;
      admit();
    }
    replyTo.tell(new Room.Done(Optional.empty()));
  }

  private void record(Change change) {
    var fate =
        change
            .request()
            .map(request ->
                switch (request.state()) {
                  case WAITING -> Fate.ASKED;
                  case ACCEPTED -> Fate.ACCEPTED;
                  case DECLINED -> Fate.DECLINED;
                })
            .orElse(Fate.WITHDRAWN);
    node.metrics().count(fate);
    change
        .by()
        .ifPresent(by -> {
          var act =
              fate == Fate.ACCEPTED ? AuditAct.ROOM_JOIN_ACCEPTED : AuditAct.ROOM_JOIN_DECLINED;
          var reason = change.request().flatMap(JoinRequest::reason);
          node.audit().record(act, by, host.id(), change.user(), reason);
        });
  }

  /// Removes requests that the room itself has answered. Their rows are removed again when the room
  /// wakes, if this fails.
  private void endOthers(RoomState room) {
    var ended = requests.ended(room);
    if (ended.isEmpty() || !ready.isDone()) return;
    var accepted = requests.accepted(now()).stream().map(JoinRequest::user).toList();
    for (var user : ended) requests = requests.without(user);
    announce();
    var removed = writes.add(() -> node.store().remove(host.id(), ended));
    var _ =
        removed.thenRun(() ->
            ended.forEach(user -> {
              var isJoined = room.isMember(user) && accepted.contains(user);
              if (!isJoined) node.metrics().count(Fate.ENDED);
              tell(user, isJoined ? Optional.of(room.settings().name()) : Optional.empty());
            }));
  }

  private void tell(String user) {
    tell(user, Optional.empty());
  }

  private void tell(String user, Optional<String> joined) {
    node.accounts().accept(user, new AccountJoins.Changed(host.id(), joined));
  }

  /// Lets the accounts of accepted users join, until they are members.
  private void admit() {
    var accepted = requests.accepted(now());
    if (accepted.isEmpty()) return;
    var nobody = host.actor().getSystem().<Account.Answer>ignoreRef();
    for (var request : accepted)
      node.accounts()
          .accept(
              request.user(),
              new Account.Join(host.id(), Optional.empty(), Optional.empty(), nobody));
    host.timers().startSingleTimer(new Admit(), wait);
    wait = Intervals.doubled(wait, Intervals.RAREST_REQUEST_RETRY);
  }

  /// The part that notifies moderators of reports also sends them the number of requests.
  private void announce() {
    var waiting = requests.waiting(now());
    waiting.stream()
        .map(JoinRequest::until)
        .min(Comparator.naturalOrder())
        .ifPresent(
            end -> host.timers().startSingleTimer(new Expire(), Duration.between(now(), end)));
    if (waiting.size() == announced) return;
    announced = waiting.size();
    host.actor().getSelf().tell(new RoomModeration.JoinsWaiting(announced));
  }

  private void list(RoomState room, String by, ActorRef<Answer> replyTo) {
    var objection = RequestList.objectionToSee(room, by);
    if (objection.isPresent()) replyTo.tell(new Denied(objection.get()));
    else if (ready.isDone()) replyTo.tell(new Waiting(requests.waiting(now())));
    else if (waitingForLoad >= Portions.WAITING_JOINS) replyTo.tell(new Denied(Code.UNAVAILABLE));
    else {
      waitingForLoad++;
      var _ = ready.thenRun(() -> host.actor().getSelf().tell(new ListRequests(by, replyTo)));
    }
  }

  private static void deny(ActorRef<Room.Outcome> replyTo, Code code) {
    replyTo.tell(new Room.Denied(code));
  }

  private Instant now() {
    return node.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
