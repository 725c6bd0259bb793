package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about contacts and blocked users.
public final class People {
  private People() {}

  /// Contacts, received requests and sent requests; each user is in at most one list.
  public record Contacts(List<Contact> contacts, List<Contact> incoming, List<Contact> outgoing) {
    public Contacts {
      contacts = List.copyOf(contacts);
      incoming = List.copyOf(incoming);
      outgoing = List.copyOf(outgoing);
    }
  }

  /// @param note visible only to its author
  public record Contact(String user, Optional<String> note, Instant since) {}

  /// An empty note removes it.
  public record WantContact(Optional<String> note) {}

  public record Blocked(List<String> users) {
    public Blocked {
      users = List.copyOf(users);
    }
  }
}
