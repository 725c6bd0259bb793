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
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;

/// Who is on the screen, and what others see of who looks at it.
final class Company {
  private static final int MOST_WATCHED = 200;
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(3);

  private Company() {}

  static void settle(Draft draft, Input input) {
    if (draft.form.isPresent() || draft.user.isEmpty()) return;
    idle(draft);
    // these are many, and change nothing about who is to be seen
    boolean isOften =
        input instanceof Input.Typed || input instanceof Input.Net(SessionEvent.Arrived _);
    if (!isOften) watch(draft);
  }

  private static void idle(Draft draft) {
    boolean is = draft.eyes.isIdle(draft.moment.now(), draft.conf.idleAfter());
    if (is == draft.people.isIdle()) return;
    draft.people = draft.people.idle(is);
    draft.want(new SessionCommand.Idle(is));
  }

  private static void watch(Draft draft) {
    var whom = new ClientFrame.Watch(draft.current, visible(draft));
    if (draft.people.watched().equals(Optional.of(whom))) return;
    draft.people = draft.people.watching(whom);
    draft.want(new SessionCommand.Watch(whom));
  }

  private static List<String> visible(Draft draft) {
    var model = draft.model();
    var panes = Panes.of(model);
    var partners =
        model.rooms().stream()
            .skip(panes.firstRoom(model))
            .limit(panes.rooms() == 0 ? 0 : panes.bodyRows())
            .flatMap(room -> room.listed().with().stream());
    var members =
        model.here().stream()
            .flatMap(room -> room.members().stream())
            .map(Member::user)
            .limit(panes.members() == 0 ? 0 : panes.bodyRows());
    var known =
        draft.overlay instanceof Overlay.Acquaintances
            ? draft.contacts.sorted().stream().map(it -> it.contact().user())
            : Stream.<String>empty();
    var partner = model.here().flatMap(room -> room.listed().with()).stream();
    return Stream.of(Stream.of(model.user()), partner, known, members, partners)
        .flatMap(it -> it)
        .distinct()
        .limit(MOST_WATCHED)
        .toList();
  }

  /// Said again while it goes on: what is not repeated is over.
  static void types(Draft draft) {
    if (!draft.conf.tellsTyping() || draft.current.isEmpty()) return;
    if (!(draft.connection instanceof ConnectionState.Online)) return;
    if (draft.editor.text().startsWith("/") || draft.editor.isEmpty()) return;
    if (draft.moment.now().isBefore(draft.people.typed().plus(BETWEEN_WORDS))) return;
    draft.people = draft.people.typedAt(draft.moment.now());
    draft.want(new SessionCommand.Typing(draft.current.get()));
  }

  static void posted(Draft draft) {
    draft.people = draft.people.typedAt(Instant.EPOCH);
  }

  /// Whether one does not want to be disturbed, on whatever device one said so.
  static boolean isQuiet(Draft draft) {
    return draft.habits.isQuiet() || draft.people.is(draft.user, Status.DND);
  }
}
