package kith.terminal.update;

import java.util.Optional;
import kith.terminal.keys.Action;
import kith.terminal.model.ContactBook.Item;
import kith.terminal.model.Overlay;
import kith.terminal.plain.InputLine;

/// Handles keys in the contact list.
final class ContactActions {
  private ContactActions() {}

  static void act(StepBuilder step, int chosen, Action action) {
    int last = Math.max(0, step.contacts.sorted().size() - 1);
    switch (action) {
      case UP, ROOM_BEFORE, SELECT_UP -> choose(step, Math.max(0, chosen - 1));
      case DOWN, ROOM_AFTER, SELECT_DOWN, COMPLETE -> choose(step, Math.min(last, chosen + 1));
      case SEND -> chosen(step, chosen).ifPresent(item -> acceptOrOpen(step, item));
      case DELETE, BACKSPACE -> chosen(step, chosen).ifPresent(item -> remove(step, item));
      case CANCEL, INTERRUPT, CONTACTS -> step.overlay = new Overlay.None();
      default -> {}
    }
  }

  static void typed(StepBuilder step, int chosen, String text) {
    if (text.equals("x")) act(step, chosen, Action.DELETE);
    if (text.equals("q")) act(step, chosen, Action.CANCEL);
  }

  private static Optional<Item> chosen(StepBuilder step, int chosen) {
    return step.contacts.sorted().stream().skip(chosen).findFirst();
  }

  private static void choose(StepBuilder step, int chosen) {
    step.overlay = new Overlay.ContactList(chosen);
  }

  private static void acceptOrOpen(StepBuilder step, Item item) {
    var user = item.contact().user();
    switch (item.kind()) {
      case INCOMING -> ask(step, contact(InputLine.ContactAction.ACCEPT, user));
      // the user has still to answer
      case TALK_OUTGOING -> {}
      // beginning a conversation accepts the request
      case TALK_INCOMING, CONTACT, OUTGOING -> {
        step.overlay = new Overlay.None();
        ask(step, new InputLine.Message(user, Optional.empty()));
      }
    }
  }

  /// Removing a contact needs a confirmation, because it ends the contact for both users.
  private static void remove(StepBuilder step, Item item) {
    var user = item.contact().user();
    switch (item.kind()) {
      case CONTACT -> Confirmations.ask(step, new Overlay.Question.EndContact(user));
      case INCOMING -> ask(step, contact(InputLine.ContactAction.DECLINE, user));
      case OUTGOING -> ask(step, contact(InputLine.ContactAction.REMOVE, user));
      case TALK_INCOMING, TALK_OUTGOING -> ask(step, new InputLine.Decline(user));
    }
  }

  static InputLine.Contact contact(InputLine.ContactAction deed, String user) {
    return new InputLine.Contact(deed, user, Optional.empty());
  }

  static void ask(StepBuilder step, InputLine.AboutUser line) {
    step.request(new Request.Run(line, step.current.orElse("")));
  }
}
