package kith.terminal.plain;

import java.util.ArrayList;
import java.util.List;
import kith.protocol.rest.People.Contact;
import kith.protocol.rest.People.Contacts;
import kith.terminal.net.Rest;

/// Contacts as lines of text, and the contact commands.
public final class ContactLines {
  private ContactLines() {}

  public static List<String> run(Rest rest, InputLine.AboutContacts line) {
    return switch (line) {
      case InputLine.Contacts() -> lines(rest.contacts());
      case InputLine.Contact(var action, var user, var note) -> {
        switch (action) {
          case ADD, ACCEPT -> rest.wantContact(user, note);
          case DECLINE, REMOVE -> rest.endContact(user);
        }
        yield List.of(outcome(rest.contacts(), user));
      }
    };
  }

  private static String outcome(Contacts now, String user) {
    var name = Sanitizer.line(user);
    if (has(now.contacts(), user)) return "-- " + name + " is a contact";
    if (has(now.outgoing(), user)) return "-- request sent to " + name;
    if (has(now.incoming(), user))
      return "-- " + name + " sent you a request: /contact accept " + name;
    return "-- " + name + " is not a contact";
  }

  private static boolean has(List<Contact> some, String user) {
    return some.stream().anyMatch(it -> it.user().equalsIgnoreCase(user));
  }

  public static List<String> lines(Contacts all) {
    var lines = new ArrayList<String>();
    all.contacts().forEach(it -> lines.add("* " + text(it)));
    all.incoming().forEach(it -> lines.add("? " + text(it) + ", sent you a request"));
    all.outgoing().forEach(it -> lines.add("… " + text(it) + ", request sent"));
    return lines.isEmpty() ? List.of("-- no contacts yet: /contact add USER") : lines;
  }

  private static String text(Contact contact) {
    return Sanitizer.line(contact.user())
        + contact.note().map(note -> " (" + Sanitizer.line(note) + ")").orElse("");
  }
}
