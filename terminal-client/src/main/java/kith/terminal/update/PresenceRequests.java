package kith.terminal.update;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.layout.Panes;
import kith.terminal.model.Overlay;
import kith.terminal.model.QuietTime;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;

/// Requests the presence of the users on the screen, and reports the user's own activity.
final class PresenceRequests {
  /// Until the server has stated its limit.
  private static final int MAX_WATCHED = 200;

  private static final Duration TYPING_INTERVAL = Duration.ofSeconds(3);

  private PresenceRequests() {}

  static void update(StepBuilder step, Input input) {
    if (step.form.isPresent() || step.user.isEmpty()) return;
    idle(step);
    // frequent, and without effect on the watched users
    boolean isOften =
        input instanceof Input.Typed || input instanceof Input.Net(SessionEvent.Arrived _);
    if (!isOften) watch(step);
  }

  private static void idle(StepBuilder step) {
    boolean is = step.activity.isIdle(step.moment.now(), step.conf.idleAfter());
    if (is == step.presence.isIdle()) return;
    step.presence = step.presence.idle(is);
    step.request(new SessionCommand.Idle(is));
  }

  private static void watch(StepBuilder step) {
    var open = step.current.filter(room -> !Caching.isUnlisted(step, room));
    var watch = new ClientFrame.Watch(open, visible(step));
    if (step.presence.watched().equals(Optional.of(watch))) return;
    step.presence = step.presence.watching(watch);
    step.request(new SessionCommand.Watch(watch));
  }

  private static List<String> visible(StepBuilder step) {
    var model = step.model();
    var panes = Panes.of(model);
    var partners =
        model.rooms().stream()
            .skip(panes.firstRoom(model))
            .limit(panes.rooms() == 0 ? 0 : panes.bodyRows())
            .flatMap(room -> room.listing().with().stream());
    var members =
        model.currentRoom().stream()
            .flatMap(room -> room.members().stream())
            .map(Member::user)
            .limit(panes.members() == 0 ? 0 : panes.bodyRows());
    var known =
        step.overlay instanceof Overlay.ContactList
            ? step.contacts.sorted().stream().map(it -> it.contact().user())
            : Stream.<String>empty();
    var partner = model.currentRoom().flatMap(room -> room.listing().with()).stream();
    return Stream.of(Stream.of(model.user()), partner, known, members, partners)
        .flatMap(it -> it)
        .distinct()
        .limit(
            step.connection instanceof ConnectionState.Online(var welcome)
                ? welcome.limits().mostWatched()
                : MAX_WATCHED)
        .toList();
  }

  /// Repeated while the user types, because the server lets a typing notice expire.
  static void onTyping(StepBuilder step) {
    if (!step.conf.tellsTyping() || step.current.isEmpty()) return;
    if (!(step.connection instanceof ConnectionState.Online)) return;
    if (step.editor.text().startsWith("/") || step.editor.isEmpty()) return;
    if (step.moment.now().isBefore(step.presence.typed().plus(TYPING_INTERVAL))) return;
    step.presence = step.presence.typedAt(step.moment.now());
    step.request(new SessionCommand.Typing(step.current.get()));
  }

  static void onPost(StepBuilder step) {
    step.presence = step.presence.typedAt(Instant.EPOCH);
  }

  /// Whether the user chose not to be disturbed, on any device, now or at this time of the day.
  static boolean isQuiet(StepBuilder step) {
    var hours = step.preferences.quietHours();
    return step.preferences.isQuiet()
        || step.presence.is(step.user, Status.DND)
        || hours.filter(it -> QuietTime.contains(it, step.moment.now())).isPresent();
  }
}
