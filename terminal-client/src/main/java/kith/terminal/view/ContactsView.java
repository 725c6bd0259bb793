package kith.terminal.view;

import java.util.Optional;
import kith.protocol.frame.UserPresence;
import kith.terminal.keys.Action;
import kith.terminal.layout.Tone;
import kith.terminal.model.ContactBook.Item;
import kith.terminal.model.Model;
import kith.terminal.plain.Sanitizer;

/// Contacts and requests, with the keys for the selected one.
final class ContactsView {
  private static final int MAX_COLUMNS = 76;
  private static final int NAME = 24;

  private ContactsView() {}

  static void draw(Brush brush, Model model, int chosen) {
    var size = model.size();
    int columns = Math.min(size.columns() - 2, MAX_COLUMNS);
    int left = (size.columns() - columns) / 2;
    var all = model.contacts().sorted();
    int shown = Math.clamp(all.size(), 1, Math.max(1, size.rows() - 6));
    brush.box(left, 1, columns, shown + 3, "Contacts and requests");
    int from = Math.max(0, chosen - shown + 1);
    for (int row = 0; row < shown && from + row < all.size(); row++) {
      item(brush, model, all.get(from + row), left + 1, 2 + row, columns - 2, from + row == chosen);
    }
    if (all.isEmpty()) {
      brush.text(
          left + 2,
          2,
          columns - 4,
          "No contacts yet: /contact add NAME sends a request.",
          Tone.QUIET);
    }
    var keys = hints(model, all.stream().skip(chosen).findFirst());
    brush.text(left + 2, shown + 2, columns - 4, keys, Tone.STRONG);
    brush.canvas().noCursor();
  }

  private static void item(
      Brush brush, Model model, Item item, int left, int row, int columns, boolean isChosen) {
    var user = item.contact().user();
    var where = model.presence().of(user);
    var tone = isChosen ? Tone.CHOSEN : Tone.PLAIN;
    brush.bar(left, row, columns, "", tone);
    var mark =
        switch (item.kind()) {
          case CONTACT -> PresenceMark.mark(where);
          case TALK_INCOMING, TALK_OUTGOING -> "✉";
          case INCOMING, OUTGOING -> "?";
        };
    brush.text(left + 1, row, 1, mark, isChosen ? tone : PresenceMark.tone(where));
    int name = Math.min(NAME, columns / 2);
    brush.text(left + 3, row, name - 1, Sanitizer.line(user), tone);
    brush.text(left + 3 + name, row, columns - name - 4, status(model, item, where), tone);
  }

  private static String status(Model model, Item item, Optional<UserPresence> where) {
    return switch (item.kind()) {
      case TALK_INCOMING -> "asks: " + text(item);
      case TALK_OUTGOING -> "has not answered: " + text(item);
      case INCOMING -> "sent you a contact request";
      case OUTGOING -> "has not answered your request";
      case CONTACT -> {
        var note = item.contact().note().map(it -> Sanitizer.line(it)).orElse("");
        var standing = where.map(it -> PresenceMark.label(it, model.settings().zone())).orElse("");
        yield note.isEmpty() || standing.isEmpty() ? note + standing : standing + " — " + note;
      }
    };
  }

  private static String text(Item item) {
    return item.contact().note().map(it -> Sanitizer.line(it)).orElse("");
  }

  private static String hints(Model model, Optional<Item> chosen) {
    var keys = model.settings().keys();
    var enter = keys.hint(Action.SEND);
    var actions =
        chosen
            .map(item ->
                switch (item.kind()) {
                  case TALK_INCOMING -> enter + " accepts  x declines  ";
                  case TALK_OUTGOING -> "x withdraws  ";
                  case INCOMING -> enter + " accepts  x declines  ";
                  case CONTACT -> enter + " writes  x removes  ";
                  case OUTGOING -> enter + " writes  x withdraws  ";
                })
            .orElse("");
    return actions + keys.hint(Action.CANCEL) + " closes";
  }
}
