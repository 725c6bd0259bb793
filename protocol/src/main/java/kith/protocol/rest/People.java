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

  /// Begins a conversation with a user, or requests one.
  ///
  /// @param request the first message, if the user has to be asked
  public record BeginConversation(Optional<String> request) {}

  /// Requests to begin a conversation; each user is in at most one list.
  public record Requests(List<Request> incoming, List<Request> outgoing) {
    public Requests {
      incoming = List.copyOf(incoming);
      outgoing = List.copyOf(outgoing);
    }
  }

  /// A request to begin a conversation.
  ///
  /// @param user the other user
  /// @param text the first message
  /// @param expires the request is over after this
  public record Request(String user, String text, Instant at, Instant expires) {}

  public record Blocked(List<String> users) {
    public Blocked {
      users = List.copyOf(users);
    }
  }
}
