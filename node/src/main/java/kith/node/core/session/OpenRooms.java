package kith.node.core.session;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Supplier;
import kith.node.core.relay.Relays;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Entries;
import kith.node.core.room.Post;
import kith.node.core.room.RoomLog;
import kith.node.core.session.OpenRoom.Mode;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.privacy.Relations;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// The rooms that a session has open. Rooms that lag behind their log take turns to read on.
public final class OpenRooms {
  private final ActorContext<Session.Command> context;
  private final SessionContext services;
  private final Outbound outbound;
  private final String user;
  private final Supplier<Relations> relations;
  private final ActorRef<RoomRelay.ToSession> self;

  private final Map<String, OpenRoom> rooms = new HashMap<>();
  private final Queue<OpenRoom> behind = new ArrayDeque<>();
  private int reads;
  private long lastRead;

  OpenRooms(
      ActorContext<Session.Command> context,
      SessionContext services,
      Outbound outbound,
      String user,
      Supplier<Relations> relations) {
    this.context = context;
    this.services = services;
    this.outbound = outbound;
    this.user = user;
    this.relations = relations;
    this.self = context.messageAdapter(RoomRelay.ToSession.class, Session.FromRelay::new);
  }

  public ActorRef<RoomRelay.ToSession> self() {
    return self;
  }

  /// The relay of a room that is open.
  public Optional<ActorRef<RoomRelay.Command>> relay(String room) {
    return Optional.ofNullable(rooms.get(room)).flatMap(it -> Optional.ofNullable(it.relay()));
  }

  public boolean isOpen(String room) {
    return rooms.containsKey(room);
  }

  /// Passes a post to the relay of a room that is open, or being opened.
  void post(String room, Post post) {
    var known = rooms.get(room);
    if (known != null) known.post(post, self);
  }

  /// The latest seq that a page of history may have. Later entries may have been written after this
  /// user left.
  public long latest(String room) {
    return Optional.ofNullable(rooms.get(room)).map(OpenRoom::latest).orElse(0L);
  }

  void saw(String room, long seq) {
    Optional.ofNullable(rooms.get(room)).ifPresent(it -> it.saw(seq));
  }

  void open(String room, long after) {
    var known = rooms.get(room);
    if (known != null) {
      restart(known, after);
    } else if (rooms.size() >= services.settings().openRooms()) {
      problem(room, Code.TOO_MANY_OPEN_ROOMS);
    } else {
      rooms.put(room, new OpenRoom(room, after));
      ask(room);
    }
  }

  private void ask(String room) {
    services.relays().tell(new Relays.Open(room, new RoomRelay.Open(user, self)));
  }

  /// A client that opens an open room without a position keeps its position, and gets another
  /// `complete`.
  private void restart(OpenRoom room, long after) {
    if (room.restart(after < 0 ? room.seq() : after)) readOn(room);
  }

  void opened(RoomRelay.Opened opened) {
    var room = rooms.get(opened.room());
    if (room == null) {
      opened.relay().tell(new RoomRelay.Close(self));
      return;
    }
    // a room that was closed and opened again before the first answer is answered twice
    if (room.mode() != Mode.OPENING) return;
    context.watchWith(opened.relay(), new Session.RelayEnded(room.room, opened.relay()));
    room.opened(opened.relay(), opened.last());
    for (var post : room.early()) room.post(post, self);
    readOn(room);
  }

  /// Returns the posts that waited for this room, for the caller to refuse.
  List<Post> notOpened(String room, Code code) {
    var known = rooms.get(room);
    if (known == null || known.mode() != Mode.OPENING) return List.of();
    rooms.remove(room);
    // the client saw the room open throughout
    if (known.wasOpened())
      outbound.send(new ServerFrame.Closed(room, code.wire(), code.sentence()));
    else problem(room, code);
    return known.early();
  }

  /// Returns the posts that waited for this room, for the caller to refuse.
  List<Post> close(String room) {
    var known = rooms.get(room);
    if (known != null) forget(known).ifPresent(relay -> relay.tell(new RoomRelay.Close(self)));
    outbound.send(new ServerFrame.Closed(room, Code.CLOSED.wire(), Code.CLOSED.sentence()));
    return known == null ? List.of() : known.early();
  }

  void dismissed(String room, Code code) {
    var known = rooms.get(room);
    if (known == null) return;
    forget(known);
    outbound.send(new ServerFrame.Closed(room, code.wire(), code.sentence()));
  }

  private Optional<ActorRef<RoomRelay.Command>> forget(OpenRoom room) {
    rooms.remove(room.room);
    if (behind.remove(room)) readOn();
    if (room.mode() == Mode.READING) readEnded();
    var relay = Optional.ofNullable(room.relay());
    relay.ifPresent(context::unwatch);
    return relay;
  }

  void relayEnded(String room, ActorRef<RoomRelay.Command> relay) {
    var known = rooms.get(room);
    if (known == null || !relay.equals(known.relay())) return;
    behind.remove(known);
    if (known.mode() == Mode.READING) readEnded();
    known.relayEnded();
    ask(room);
  }

  void published(RoomRelay.Published published) {
    var room = rooms.get(published.room());
    if (room == null) return;
    room.saw(published.last());
    if (room.mode() != Mode.LIVE || published.last() <= room.seq()) return;
    if (room.isNext(published.first()) && outbound.hasRoom()) {
      write(room, published.frame(), published::entries);
      passed(room, published.last());
    } else {
      room.behind();
      readOn(room);
    }
  }

  private void readOn(OpenRoom room) {
    behind.add(room);
    readOn();
  }

  /// Starts the next reads of rooms that are behind, while the socket takes more.
  ///
  /// Reads the state of the socket once for each decision, because the socket drains on another
  /// thread. If a second check found a full socket drained, the rooms would have neither a read nor
  /// a signal.
  void readOn() {
    while (reads < services.settings().concurrentReads() && !behind.isEmpty()) {
      if (!outbound.hasRoom()) {
        outbound.signalWhenDrained();
        return;
      }
      startRead(behind.remove());
    }
  }

  private void startRead(OpenRoom next) {
    var relay = next.relay();
    if (relay == null) return;
    next.reading(++lastRead);
    reads++;
    relay.tell(new RoomRelay.Read(next.seq(), lastRead, self));
  }

  private void readEnded() {
    reads--;
    readOn();
  }

  void chunk(RoomRelay.Chunk chunk) {
    var room = reading(chunk.room(), chunk.number());
    if (room == null) return;
    room.saw(chunk.last());
    if (room.isNext(chunk.first()) && !chunk.frame().isEmpty()) {
      write(room, chunk.frame(), chunk::entries);
      passed(room, chunk.last());
    }
    if (!chunk.isLive() || room.seq() < chunk.last()) goOn(room);
    else if (room.seq() == chunk.last()) live(room);
    else askLog(room, chunk);
  }

  /// The client claims a position beyond the last entry that this node knows. The position may
  /// exist: a node that is cut off from the room's node gets no entries, and the room's node may
  /// not know what a former one wrote last. So the log is read.
  private void askLog(OpenRoom room, RoomRelay.Chunk chunk) {
    context.pipeToSelf(
        services.log().after(room.room, room.seq() - 1, 1),
        (page, fault) ->
            new Session.PositionChecked(
                chunk, fault == null ? Optional.of(!page.entries().isEmpty()) : Optional.empty()));
  }

  void positionChecked(RoomRelay.Chunk chunk, Optional<Boolean> exists) {
    var room = reading(chunk.room(), chunk.number());
    if (room == null) return;
    if (exists.isPresent() && !exists.get()) {
      room.passed(chunk.last());
      live(room);
      return;
    }
    var relay = room.relay();
    if (exists.isPresent() && relay != null) relay.tell(new RoomRelay.LogReaches(room.seq()));
    goOnLater(room);
  }

  /// The shared frame, or a frame of its own if this user has blocked one of the authors.
  private void write(OpenRoom room, ByteString frame, Supplier<List<Entry>> entries) {
    var blocked = relations.get().blocked();
    if (blocked.isEmpty()) {
      outbound.write(frame);
      return;
    }
    var all = entries.get();
    if (Entries.isFree(blocked, all)) outbound.write(frame);
    else send(room, all);
  }

  private void send(OpenRoom room, List<Entry> entries) {
    var visible = Entries.hiding(relations.get().blocked(), entries);
    outbound.send(new ServerFrame.Entries(room.room, visible));
  }

  private void passed(OpenRoom room, long last) {
    services.metrics().delivered(last - room.seq());
    room.passed(last);
  }

  private void live(OpenRoom room) {
    room.live();
    complete(room);
    readEnded();
  }

  private void complete(OpenRoom room) {
    if (room.completes()) outbound.send(new ServerFrame.Complete(room.room, room.seq()));
  }

  private void goOn(OpenRoom room) {
    room.behind();
    behind.add(room);
    readEnded();
  }

  /// Keeps its turn until the retry, so that an unreadable log is not read in a loop.
  private void goOnLater(OpenRoom room) {
    context.scheduleOnce(
        Intervals.RETRY, context.getSelf(), new Session.ReadAgain(room.room, room.read()));
  }

  void readAgain(String name, long number) {
    var room = reading(name, number);
    if (room != null) goOn(room);
  }

  /// The room, if it still waits for the answer to this read.
  private @Nullable OpenRoom reading(String name, long number) {
    var room = rooms.get(name);
    return room != null && room.isReading(number) ? room : null;
  }

  void readLog(RoomRelay.OnlyInLog from) {
    var room = reading(from.room(), from.number());
    if (room == null) return;
    room.saw(from.last());
    services.metrics().caughtUp();
    context.pipeToSelf(
        services.log().after(from.room(), from.after(), Portions.READ_ENTRIES),
        (page, fault) ->
            new Session.LogRead(
                from, fault == null ? Optional.of(page.upTo(from.last())) : Optional.empty()));
  }

  void logRead(RoomRelay.OnlyInLog asked, Optional<RoomLog.Page> read) {
    var room = reading(asked.room(), asked.number());
    if (room == null) return;
    if (room.seq() != asked.after()) {
      goOn(room);
    } else if (read.isEmpty() || read.get().entries().isEmpty()) {
      goOnLater(room);
    } else {
      var page = read.get().oldestWithin(Portions.READ_BYTES);
      page.gapFrom().ifPresent(from -> gap(room, from, page));
      send(room, page.entries());
      room.passed(page.entries().getLast().seq());
      services.metrics().delivered(page.entries().size());
      goOn(room);
    }
  }

  private void gap(OpenRoom room, long from, RoomLog.Page page) {
    outbound.send(new ServerFrame.Gap(room.room, from, page.entries().getFirst().seq() - 1));
  }

  private void problem(String room, Code code) {
    outbound.roomProblem(code, code.sentence(), room, OptionalLong.empty());
  }
}
