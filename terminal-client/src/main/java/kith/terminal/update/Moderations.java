package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.terminal.model.Picker.Kind;
import kith.terminal.model.Restrictions;
import kith.terminal.model.Room;
import kith.terminal.plain.JoinLines;
import kith.terminal.plain.ModerationLines;

/// Keeps the limits on the user's messages in each room, and reports changes that only this user
/// can see.
final class Moderations {
  /// Bounds the data kept for rooms that the server does not list.
  private static final int MOST_UNLISTED = 1_000;

  private Moderations() {}

  static void arrived(StepBuilder step, ServerFrame.Moderation frame) {
    var room = step.room(frame.room());
    if (room.isEmpty()) {
      keep(step, frame);
      return;
    }
    var before = room.get().listing().restrictions();
    int reports = frame.reports().orElse(0);
    int joins = frame.joinRequests().orElse(0);
    ModerationLines.news(room.get().name(), before.mute(), frame.mute()).ifPresent(step::info);
    ModerationLines.news(room.get().name(), before.reports(), reports).ifPresent(step::info);
    JoinLines.news(room.get().name(), before.joins(), joins).ifPresent(step::info);
    step.change(
        frame.room(), it -> it.with(it.listing().with(before.with(frame.mute(), reports, joins))));
  }

  /// The server may send the open tasks of a room before it has listed the room.
  private static void keep(StepBuilder step, ServerFrame.Moderation frame) {
    var others = step.unlisted.stream().filter(it -> !it.room().equals(frame.room()));
    step.unlisted = Stream.concat(others, Stream.of(frame)).limit(MOST_UNLISTED).toList();
  }

  static void listed(StepBuilder step) {
    var known = step.unlisted;
    step.unlisted = List.of();
    for (var frame : known) arrived(step, frame);
  }

  /// Shows the open tasks of the current room, or else goes to the first room that has some and
  /// shows them.
  ///
  /// @param waiting counts the open tasks of a room
  static boolean open(StepBuilder step, Kind kind, ToIntFunction<Restrictions> waiting) {
    var current = step.currentRoom().filter(room -> waits(room, waiting));
    var other = step.rooms.stream().filter(room -> waits(room, waiting)).findFirst();
    if (current.isEmpty() && other.isPresent()) RoomNavigation.goTo(step, other.get().id());
    if (step.currentRoom().isEmpty()) return false;
    Pickers.open(step, kind, step.currentRoom().get().id());
    return true;
  }

  private static boolean waits(Room room, ToIntFunction<Restrictions> waiting) {
    return waiting.applyAsInt(room.listing().restrictions()) > 0;
  }

  /// Reports the outcomes of the user's own requests to join.
  static void asked(StepBuilder step, ServerFrame.JoinRequests frame) {
    var joined = frame.joined().map(ServerFrame.JoinedRoom::name);
    JoinLines.news(step.joinRequests, frame.requests(), joined).forEach(step::info);
    step.joinRequests = frame.requests();
  }

  static void described(StepBuilder step, String room, Optional<Moderation> settings) {
    step.change(room, it -> with(it, settings.orElse(Moderation.NONE)));
  }

  static void changed(StepBuilder step, String room, Moderation change) {
    step.change(room, it -> with(it, it.listing().restrictions().settings().after(change)));
  }

  private static Room with(Room room, Moderation settings) {
    return room.with(room.listing().with(room.listing().restrictions().with(settings)));
  }

  /// A mute ends when it expires, without a frame of the server.
  static void expire(StepBuilder step) {
    for (var room : List.copyOf(step.rooms)) {
      var mute = room.listing().restrictions().mute();
      if (mute.isPresent() && !mute.get().until().isAfter(step.moment.now()))
        arrived(
            step,
            new ServerFrame.Moderation(
                room.id(),
                Optional.empty(),
                OptionalInt.of(room.listing().restrictions().reports()),
                OptionalInt.of(room.listing().restrictions().joins())));
    }
  }

  /// When the client connects or opens a room again, the server sends the mutes and tasks that
  /// exist, but nothing if there are none.
  static void disconnected(StepBuilder step) {
    step.unlisted = List.of();
    for (var room : List.copyOf(step.rooms)) {
      var restrictions = room.listing().restrictions();
      if (!restrictions.with(Moderation.NONE).equals(Restrictions.NONE))
        step.change(
            room.id(), it -> it.with(it.listing().with(restrictions.with(Optional.empty(), 0, 0))));
    }
  }
}
