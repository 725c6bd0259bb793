package kith.terminal.view;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import kith.protocol.Status;
import kith.terminal.keys.Action;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.FileUpload;
import kith.terminal.model.Model;
import kith.terminal.model.OpenServer;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Restrictions;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.plain.FileLines;
import kith.terminal.plain.Sanitizer;

/// The state of the connection, the unsent messages and the unread rooms.
final class StatusLine {
  private static final int HOTTEST = 5;
  private static final int LONGEST_NAME = 12;
  private static final int LONGEST_FILE = 20;
  private static final int LONGEST_SERVER = 24;

  /// The maximum number of servers shown by name; the others are counted.
  private static final int OTHERS = 3;

  private StatusLine() {}

  static void draw(Brush brush, Model model, Panes panes) {
    int columns = panes.columns();
    var lefts = lefts(model);
    var right = right(model, unread(model));
    var left = " " + lefts.getFirst();
    // on a narrow screen, names of servers are left out before keys
    for (int next = 1; next < lefts.size() && !isFitting(left, right, columns); next++)
      left = " " + lefts.get(next);
    // then the names of unread rooms, one at a time
    for (int names = HOTTEST; names > 0 && !isFitting(left, right, columns); names--)
      right = right(model, hotlist(model, names - 1));
    // on the narrowest screens, unread rooms are only counted
    if (!isFitting(left, right, columns)) right = hotlist(model, 0);
    if (right.isEmpty() || !isFitting(left, right, columns)) right = rooms(model);
    int width = Graphemes.columns(right);
    brush.bar(0, panes.statusRow(), columns, left, Tone.BAR);
    if (Graphemes.columns(left) + width + 1 <= columns) {
      brush.text(columns - width - 1, panes.statusRow(), width + 1, right, Tone.BAR);
    }
  }

  private static boolean isFitting(String left, String right, int columns) {
    return Graphemes.columns(left) + Graphemes.columns(right) + 2 <= columns;
  }

  /// The variants of the left side, the longest first.
  private static List<String> lefts(Model model) {
    var state = state(model);
    if (model.servers().isEmpty()) return List.of((state + "  " + detail(model)).strip(), state);
    var here = state + " on " + server(model.server());
    var key = "  " + model.settings().keys().hint(Action.NEXT_SERVER);
    return List.of(
        (state + "  " + detail(model)).strip() + "  │ " + others(model, OTHERS) + key,
        here + "  │ " + others(model, OTHERS) + key,
        here + "  │ " + others(model, 1) + key,
        here + "  │ " + others(model, 0) + key,
        state + "  │ " + others(model, 0) + key,
        state + "  │ " + others(model, 0));
  }

  /// The other servers, those that need the user's attention first.
  ///
  /// @param names the number of them that are named
  private static String others(Model model, int names) {
    var servers =
        model.otherServers().stream()
            .sorted(
                Comparator.comparing((OpenServer it) -> it.mentions() == 0)
                    .thenComparing(it -> !it.needsAttention()))
            .toList();
    var named = servers.stream().limit(names).map(StatusLine::other).toList();
    var rest = servers.subList(named.size(), servers.size());
    if (rest.isEmpty()) return String.join(" ", named);
    int unread = rest.stream().mapToInt(OpenServer::unread).sum();
    boolean isForUser = rest.stream().anyMatch(it -> it.mentions() > 0);
    boolean needsAttention = rest.stream().anyMatch(OpenServer::needsAttention);
    var count = "+" + rest.size() + counts(needsAttention, isForUser, unread);
    return (String.join(" ", named) + " " + count).strip();
  }

  private static String other(OpenServer server) {
    var mark =
        switch (server.state()) {
          case ONLINE -> "";
          case OFFLINE -> "○";
          case REFUSED, LOGGED_OUT -> "✗";
        };
    return mark
        + server(server.name())
        + counts(server.needsAttention(), server.mentions() > 0, server.unread());
  }

  private static String server(String name) {
    return Graphemes.fit(Sanitizer.line(name), LONGEST_SERVER);
  }

  private static String state(Model model) {
    var parts = new ArrayList<String>();
    parts.add(connection(model));
    if (model.waiting() > 0) parts.add("… " + model.waiting() + " waiting");
    uploads(model).ifPresent(parts::add);
    model.download().ifPresent(it -> parts.add("▼ " + moving(it.name(), it.done(), it.size())));
    if (model.failed() > 0) parts.add("✗ " + model.failed() + " not sent");
    if (model.settings().preferences().isQuiet()) parts.add("notifications off");
    var panes = Panes.of(model);
    if (Panes.wanted(model).isPresent() && panes.split().isEmpty() && panes.thread().isEmpty())
      parts.add("too small for two rooms");
    return String.join("  ", parts).strip();
  }

  /// The upload under way: `▲ garden.jpg 43 %`.
  private static Optional<String> uploads(Model model) {
    return model.rooms().stream()
        .flatMap(room -> room.ownPosts().stream())
        .filter(OwnPost::isUploading)
        .flatMap(own -> own.upload().stream())
        .filter(upload -> upload.state() == FileUpload.State.MOVING)
        .map(it -> "▲ " + moving(it.file().name(), it.done(), it.file().size()))
        .findFirst();
  }

  private static String moving(String name, long done, long size) {
    return Graphemes.fit(Sanitizer.line(name), LONGEST_FILE) + " " + FileLines.percent(done, size);
  }

  private static String connection(Model model) {
    return switch (model.connection()) {
      case ConnectionState.Connecting() -> "◌ connecting";
      case ConnectionState.Online _ -> online(model);
      case ConnectionState.Waiting(var retryAt, _) -> waiting(model, retryAt);
      case ConnectionState.Ended _ -> "✗ disconnected";
    };
  }

  private static String waiting(Model model, Instant retryAt) {
    long millis = Duration.between(model.ticked(), retryAt).toMillis();
    long seconds = Math.ceilDiv(millis, 1_000L);
    var when = seconds <= 0 ? "trying again" : "trying again in " + seconds + " s";
    var key = model.settings().keys().hint(Action.RETRY);
    return "○ offline, " + when + ", " + key + " now";
  }

  private static String online(Model model) {
    var user = Sanitizer.line(model.user());
    if (model.presence().is(model.user(), Status.DND)) return "⊖ " + user + " (do not disturb)";
    if (model.presence().is(model.user(), Status.INVISIBLE)) return "◌ " + user + " (invisible)";
    return "● " + user;
  }

  private static String detail(Model model) {
    return switch (model.connection()) {
      case ConnectionState.Connecting() -> "";
      case ConnectionState.Online _ -> "on " + Sanitizer.line(model.server()) + roundTrip(model);
      case ConnectionState.Waiting(_, var why) -> Sanitizer.line(why);
      case ConnectionState.Ended(_, var message) -> Sanitizer.line(message);
    };
  }

  private static String roundTrip(Model model) {
    var millis = model.latency().millis();
    return millis.isEmpty() ? "" : " " + millis.getAsLong() + " ms";
  }

  /// While the rooms are hidden, the key that shows them.
  private static String rooms(Model model) {
    boolean isHidden = Panes.of(model).rooms() == 0 && model.rooms().size() > 1;
    return isHidden ? model.settings().keys().hint(Action.ROOMS_PANE) + " rooms  " : "";
  }

  private static List<Room> needing(Model model) {
    return model.rooms().stream()
        .filter(room -> room.needsAttention() && !model.current().equals(Optional.of(room.id())))
        .sorted(Comparator.comparing(room -> room.reading().mentions() == 0))
        .toList();
  }

  /// While the list of rooms is hidden, the unread rooms are named here.
  private static String unread(Model model) {
    return hotlist(model, Panes.of(model).rooms() == 0 ? HOTTEST : 0);
  }

  /// The first rooms that need attention, those with mentions first, with their numbers and counts.
  private static String hotlist(Model model, int names) {
    var rooms = needing(model);
    if (rooms.isEmpty()) return "";
    var key = model.settings().keys().hint(Action.NEXT_UNREAD) + "  ";
    if (names == 0) return rooms.size() + " unread: " + key;
    var named = rooms.stream().limit(names).map(room -> hot(model, room)).collect(joining(" "));
    return named + (rooms.size() > names ? " +" + (rooms.size() - names) : "") + "  " + key;
  }

  private static String hot(Model model, Room room) {
    var number = model.numbers().of(room.id());
    int unread = room.reading().unread();
    return (number.isPresent() ? number.getAsInt() + ":" : "")
        + Graphemes.fit(Sanitizer.line(room.name()), LONGEST_NAME)
        + counts(true, room.reading().mentions() > 0, unread);
  }

  /// The count as `(3)`, or `(@3)` if there are mentions; without a number if it is not known.
  private static String counts(boolean needsAttention, boolean isForUser, int unread) {
    if (!needsAttention) return "";
    return "(" + (isForUser ? "@" : "") + (unread > 0 ? unread : "•") + ")";
  }

  /// The user's open tasks as a moderator, in all rooms: `2 ask to join: /joins`.
  private static String waiting(Model model) {
    int joins = sum(model, Restrictions::joins);
    int reports = sum(model, Restrictions::reports);
    var asking = joins == 0 ? "" : joins + (joins == 1 ? " asks" : " ask") + " to join: /joins  ";
    var reported =
        reports == 0 ? "" : reports + (reports == 1 ? " report" : " reports") + ": /reports  ";
    return asking + reported;
  }

  private static int sum(Model model, ToIntFunction<Restrictions> count) {
    return model.rooms().stream()
        .mapToInt(room -> count.applyAsInt(room.listing().restrictions()))
        .sum();
  }

  private static String right(Model model, String unread) {
    var keys = model.settings().keys();
    long asked = model.contacts().requests();
    var requests =
        asked == 0
            ? ""
            : asked
                + (asked == 1 ? " request: " : " requests: ")
                + keys.hint(Action.CONTACTS)
                + "  ";
    int threads = model.rooms().stream().mapToInt(it -> it.threads().unreadThreads()).sum();
    var answered =
        threads == 0 ? "" : threads + (threads == 1 ? " thread" : " threads") + ": /threads  ";
    int due = model.reminders().due().size();
    var reminders =
        due == 0 ? "" : due + (due == 1 ? " reminder" : " reminders") + ": /reminders  ";
    return rooms(model)
        + reminders
        + requests
        + waiting(model)
        + answered
        + unread
        + keys.hint(Action.HELP)
        + " help ";
  }
}
