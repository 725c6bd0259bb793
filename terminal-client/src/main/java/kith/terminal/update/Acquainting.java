package kith.terminal.update;

import java.util.Optional;
import kith.terminal.keys.Action;
import kith.terminal.model.Contacts;
import kith.terminal.model.Contacts.Known;
import kith.terminal.model.Overlay;
import kith.terminal.plain.Line;

/// The list of contacts, and what is done with one of them.
final class Acquainting {
  private Acquainting() {}

  static void act(Draft draft, int chosen, Action action) {
    int last = Math.max(0, draft.contacts.people().size() - 1);
    switch (action) {
      case UP, ROOM_BEFORE, SELECT_UP -> choose(draft, Math.max(0, chosen - 1));
      case DOWN, ROOM_AFTER, SELECT_DOWN, COMPLETE -> choose(draft, Math.min(last, chosen + 1));
      case SEND -> chosen(draft, chosen).ifPresent(known -> take(draft, known));
      case DELETE, BACKSPACE -> chosen(draft, chosen).ifPresent(known -> leave(draft, known));
      case CANCEL, INTERRUPT, CONTACTS -> draft.overlay = new Overlay.None();
      default -> {}
    }
  }

  static void typed(Draft draft, int chosen, String text) {
    if (text.equals("x")) act(draft, chosen, Action.DELETE);
    if (text.equals("q")) act(draft, chosen, Action.CANCEL);
  }

  private static Optional<Known> chosen(Draft draft, int chosen) {
    return draft.contacts.sorted().stream().skip(chosen).findFirst();
  }

  private static void choose(Draft draft, int chosen) {
    draft.overlay = new Overlay.Acquaintances(chosen);
  }

  private static void take(Draft draft, Known known) {
    var user = known.contact().user();
    if (known.kind() == Contacts.Kind.INCOMING) {
      ask(draft, contact(Line.Deed.ACCEPT, user));
    } else {
      draft.overlay = new Overlay.None();
      ask(draft, new Line.Message(user, Optional.empty()));
    }
  }

  /// Who was a contact is asked about first: it ends for both.
  private static void leave(Draft draft, Known known) {
    var user = known.contact().user();
    if (known.kind() == Contacts.Kind.CONTACT) Deeds.ask(draft, new Overlay.Deed.Part(user));
    else if (known.kind() == Contacts.Kind.INCOMING) ask(draft, contact(Line.Deed.DECLINE, user));
    else ask(draft, contact(Line.Deed.REMOVE, user));
  }

  static Line.Contact contact(Line.Deed deed, String user) {
    return new Line.Contact(deed, user, Optional.empty());
  }

  static void ask(Draft draft, Line.OfPeople line) {
    draft.want(new Request.Run(line, draft.current.orElse("")));
  }
}
