package kith.terminal.plain;

import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.Status;

/// What a person may type.
public sealed interface Line {

  record Nothing() implements Line {}

  record Say(String text) implements Line {}

  /// It cannot be done as typed; the sentence says how it could.
  record Wrong(String sentence) implements Line {}

  record Help() implements Line {}

  record Rooms() implements Line {}

  record Create(String name, boolean hidden) implements Line {}

  record Join(String what, Optional<String> passcode) implements Line {}

  /// Concerns somebody, wherever one is.
  sealed interface OfPeople extends Line {}

  /// Without a text it goes there.
  record Message(String user, Optional<String> text) implements OfPeople {}

  /// Concerns contacts.
  sealed interface OfContacts extends OfPeople {}

  /// @param note to oneself
  record Contact(Deed deed, String user, Optional<String> note) implements OfContacts {}

  enum Deed {
    ADD,
    ACCEPT,
    DECLINE,
    REMOVE
  }

  record Contacts() implements OfContacts {}

  record Block(String user, boolean is) implements OfPeople {}

  record Blocked() implements OfPeople {}

  /// How one is to be seen, on all devices.
  record ChooseStatus(Status status) implements OfPeople {}

  record Leave() implements Line {}

  record Switch(String room) implements Line {}

  record Who() implements Line {}

  record History(int count) implements Line {}

  record Reply(long seq, String text) implements Line {}

  record Edit(long seq, String text) implements Line {}

  record Redact(long seq, Optional<String> reason) implements Line {}

  record Topic(String text) implements Line {}

  record Invite() implements Line {}

  record ChangeRole(String user, Role role) implements Line {}

  record Kick(String user) implements Line {}

  record Ban(String user, Optional<String> reason) implements Line {}

  record Unban(String user) implements Line {}

  record Devices() implements Line {}

  record LogOut() implements Line {}

  record Quit() implements Line {}
}
