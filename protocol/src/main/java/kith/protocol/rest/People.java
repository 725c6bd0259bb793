package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is answered about other people.
public final class People {
  private People() {}

  /// Who is a contact, who asks to be one, and who was asked; each user is in one list at most.
  public record Contacts(List<Contact> contacts, List<Contact> incoming, List<Contact> outgoing) {
    public Contacts {
      contacts = List.copyOf(contacts);
      incoming = List.copyOf(incoming);
      outgoing = List.copyOf(outgoing);
    }
  }

  /// @param note to oneself
  public record Contact(String user, Optional<String> note, Instant since) {}

  /// An empty note removes it.
  public record WantContact(Optional<String> note) {}

  public record Blocked(List<String> users) {
    public Blocked {
      users = List.copyOf(users);
    }
  }
}
