package kith.terminal.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import kith.protocol.Code;
import kith.protocol.Limits;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers;

/// A node for one account, in memory and without time: its logs, and its side of the account's
/// current socket.
final class SimulatedNode {
  static final String USER = "ann";
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int MAX_PAGE = 20;
  private static final Limits LIMITS =
      new Limits(
          65_536,
          16_384,
          300,
          600,
          600,
          1_200,
          500,
          500,
          10_000,
          262_144,
          200,
          25_000,
          90_000,
          900_000,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final Random dice;
  private final Map<String, List<Entry>> logs = new LinkedHashMap<>();
  private final Map<String, Entry> entriesById = new HashMap<>();
  private final Set<String> rooms = new TreeSet<>();
  private final Map<String, Long> openRooms = new LinkedHashMap<>();
  private boolean isGreeted;
  private boolean isFaulty = true;

  /// Frames to the client that have not arrived.
  final Queue<ServerFrame> out = new ArrayDeque<>();

  SimulatedNode(Random dice, String... names) {
    this.dice = dice;
    for (var name : names) {
      rooms.add(name);
      var log = new ArrayList<Entry>();
      log.add(new Entry.Joined(1, NOON, USER));
      logs.put(name, log);
    }
  }

  void becomesReliable() {
    isFaulty = false;
  }

  Entry entry(String room, long seq) {
    return log(room).get((int) seq - 1);
  }

  long end(String room) {
    return log(room).size();
  }

  boolean isMember(String room) {
    return rooms.contains(room);
  }

  List<Entry> log(String room) {
    return logs.getOrDefault(room, List.of());
  }

  Set<String> rooms() {
    return logs.keySet();
  }

  private static String key(String room, String id) {
    return room + " " + id;
  }

  Optional<Entry> committed(String room, String id) {
    return Optional.ofNullable(entriesById.get(key(room, id)));
  }

  /// The socket is gone, with all that was on it.
  void socketEnds() {
    out.clear();
    openRooms.clear();
    isGreeted = false;
  }

  void others(String room, String text) {
    long seq = end(room) + 1;
    append(room, message(seq, "bob", "b" + seq, text));
  }

  void removesMember(String room) {
    rooms.remove(room);
    known(room).add(new Entry.Kicked(end(room) + 1, NOON, "bob", USER, Optional.empty()));
    boolean wasOpen = openRooms.remove(room) != null;
    var closed = new ServerFrame.Closed(room, Code.KICKED.wire(), "You were removed.");
    var removed = new ServerFrame.Inbox(List.of(), List.of(room), false, Optional.empty());
    if (!isGreeted) return;
    if (wasOpen && dice.nextBoolean()) out.add(closed);
    else wasOpen = false;
    out.add(removed);
    if (wasOpen) return;
    out.add(closed);
  }

  RoomAnswers.Room addsMember(String room) {
    rooms.add(room);
    append(room, new Entry.Joined(end(room) + 1, NOON, USER));
    return new RoomAnswers.Room(
        room,
        "name of " + room,
        "",
        Visibility.PUBLIC,
        false,
        OptionalInt.empty(),
        Optional.empty(),
        2,
        NOON,
        Optional.of(Role.MEMBER),
        Optional.of(end(room)),
        Optional.empty(),
        Optional.empty());
  }

  private static Entry message(long seq, String by, String id, String text) {
    return new Entry.Message(
        seq,
        NOON.plusSeconds(seq),
        by,
        id,
        Optional.of(text),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private List<Entry> known(String room) {
    return Objects.requireNonNull(logs.get(room), room);
  }

  private void append(String room, Entry entry) {
    known(room).add(entry);
    if (isGreeted && dice.nextBoolean()) listed(room);
    deliver(room);
    if (isGreeted) listed(room);
  }

  private void deliver(String room) {
    var from = openRooms.get(room);
    if (from == null) return;
    var log = log(room);
    if (from < log.size()) {
      out.add(new ServerFrame.Entries(room, List.copyOf(log.subList(from.intValue(), log.size()))));
    }
    openRooms.put(room, (long) log.size());
  }

  private void listed(String room) {
    out.add(new ServerFrame.Inbox(List.of(row(room)), List.of(), false, Optional.empty()));
  }

  private InboxRoom row(String room) {
    return new InboxRoom(
        room,
        Optional.of("name of " + room),
        Optional.of(Visibility.PUBLIC),
        Optional.empty(),
        end(room),
        end(room),
        0,
        OptionalLong.empty(),
        OptionalInt.of(0),
        false,
        Optional.empty(),
        Optional.empty());
  }

  void receives(ClientFrame frame) {
    switch (frame) {
      case ClientFrame.Hello(_, var resume, _) -> {
        isGreeted = true;
        out.add(new ServerFrame.Welcome(USER, "d", "s", "node", NOON, LIMITS, List.copyOf(rooms)));
        var rows = rooms.stream().map(this::row).toList();
        var inbox = new ServerFrame.Inbox(rows, List.of(), true, Optional.empty());
        boolean isFirst = dice.nextBoolean();
        if (isFirst) out.add(inbox);
        resume.forEach((room, seq) -> opens(room, OptionalLong.of(seq)));
        if (!isFirst) out.add(inbox);
      }
      case ClientFrame.Open(var room, var after) -> opens(room, after);
      case ClientFrame.Close(var room) -> {
        openRooms.remove(room);
        out.add(new ServerFrame.Closed(room, Code.CLOSED.wire(), "You closed it."));
      }
      case ClientFrame.Post post -> posts(post);
      case ClientFrame.Ping(var id) -> out.add(new ServerFrame.Pong(id));
      case ClientFrame.History question -> page(question);
      default -> {}
    }
  }

  private void opens(String room, OptionalLong after) {
    if (!isMember(room)) {
      refuses(Code.NOT_A_MEMBER, Optional.empty(), room);
      return;
    }
    openRooms.put(room, after.orElse(end(room)));
    deliver(room);
    out.add(new ServerFrame.Complete(room, end(room)));
  }

  private void refuses(Code code, Optional<String> id, String room) {
    var wait = code == Code.RATE_LIMITED ? OptionalLong.of(500) : OptionalLong.empty();
    out.add(new ServerFrame.Problem(code.wire(), code.wire(), id, Optional.of(room), wait));
  }

  private void page(ClientFrame.History question) {
    if (!openRooms.containsKey(question.room())) {
      refuses(Code.ROOM_NOT_OPEN, Optional.of(question.id()), question.room());
      return;
    }
    var log = log(question.room());
    int limit = Math.min(MAX_PAGE, question.limit().orElse(MAX_PAGE));
    int from;
    int to;
    if (question.after().isPresent()) {
      from = (int) Math.min(log.size(), question.after().getAsLong());
      to = Math.min(log.size(), from + limit);
    } else {
      to = (int) Math.min(log.size(), question.before().orElse(log.size() + 1) - 1);
      from = Math.max(0, to - limit);
    }
    boolean more = question.after().isPresent() ? to < log.size() : from > 0;
    out.add(
        new ServerFrame.Page(
            question.id(), question.room(), List.copyOf(log.subList(from, to)), more));
  }

  private void posts(ClientFrame.Post post) {
    var earlier = committed(post.room(), post.id());
    if (earlier.isPresent()) {
      ack(post, earlier.get());
      return;
    }
    if (!openRooms.containsKey(post.room())) {
      refuses(Code.ROOM_NOT_OPEN, Optional.of(post.id()), post.room());
      return;
    }
    if (isFaulty && dice.nextInt(8) == 0) {
      var codes =
          List.of(
              Code.UNAVAILABLE,
              Code.RATE_LIMITED,
              Code.INTERNAL,
              Code.NOT_ALLOWED,
              Code.EMPTY_BODY);
      refuses(codes.get(dice.nextInt(codes.size())), Optional.of(post.id()), post.room());
      return;
    }
    boolean acksFirst = dice.nextBoolean();
    var entry = commit(post);
    if (isFaulty && dice.nextInt(10) == 0) {
      refuses(Code.UNAVAILABLE, Optional.of(post.id()), post.room());
      append(post.room(), entry);
      return;
    }
    if (acksFirst) ack(post, entry);
    append(post.room(), entry);
    if (!acksFirst) ack(post, entry);
  }

  private Entry commit(ClientFrame.Post post) {
    long seq = end(post.room()) + 1;
    var at = NOON.plusSeconds(seq);
    var entry =
        switch (post) {
          case ClientFrame.Send send -> message(seq, USER, send.id(), send.body());
          case ClientFrame.Edit edit ->
              new Entry.Edited(seq, at, USER, edit.id(), edit.target(), Optional.of(edit.body()));
          case ClientFrame.Redact redact ->
              new Entry.Redacted(seq, at, USER, redact.id(), redact.target(), redact.reason());
          case ClientFrame.FeaturePost other -> throw new IllegalArgumentException(other.id());
        };
    entriesById.put(key(post.room(), post.id()), entry);
    return entry;
  }

  private void ack(ClientFrame.Post post, Entry entry) {
    out.add(new ServerFrame.Ack(post.id(), post.room(), entry.seq(), entry.at()));
  }
}
