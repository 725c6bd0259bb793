package kith.terminal.plain;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.Status;
import kith.protocol.rest.Accounts;

/// A parsed input line.
public sealed interface InputLine {

  record Nothing() implements InputLine {}

  record Say(String text) implements InputLine {}

  /// Invalid; the sentence shows the correct usage.
  record Wrong(String sentence) implements InputLine {}

  record Help() implements InputLine {}

  record Rooms() implements InputLine {}

  record Create(String name, Optional<String> passcode, boolean hidden) implements InputLine {}

  record Join(String what, Optional<String> passcode) implements InputLine {}

  /// Independent of the current room.
  sealed interface AboutUser extends InputLine {}

  /// Without a text, switches to the conversation.
  record Message(String user, Optional<String> text) implements AboutUser {}

  /// A command about contacts.
  sealed interface AboutContacts extends AboutUser {}

  /// @param note visible to this user only
  record Contact(ContactAction action, String user, Optional<String> note)
      implements AboutContacts {}

  enum ContactAction {
    ADD,
    ACCEPT,
    DECLINE,
    REMOVE
  }

  record Contacts() implements AboutContacts {}

  /// A command about requests to begin a conversation.
  sealed interface AboutRequests extends AboutUser {}

  record Requests() implements AboutRequests {}

  /// Declines the user's request, or withdraws the one to the user.
  record Decline(String user) implements AboutRequests {}

  /// Shows the privacy settings of the account, after a change if there is one.
  record Privacy(Optional<Accounts.Privacy> change) implements AboutUser {}

  record Block(String user, boolean is) implements AboutUser {}

  record Blocked() implements AboutUser {}

  /// The status that others see, on all devices.
  record ChooseStatus(Status status) implements AboutUser {}

  /// About the current room.
  sealed interface AboutRoom extends InputLine {}

  record Leave() implements AboutRoom {}

  record Switch(String room) implements InputLine {}

  record Who() implements AboutRoom {}

  record History(int count) implements InputLine {}

  record Reply(long seq, String text) implements InputLine {}

  record Edit(long seq, String text) implements InputLine {}

  record Redact(long seq, Optional<String> reason) implements InputLine {}

  /// Adds or removes a reaction.
  ///
  /// @param seq the message; if absent, the latest one by another user
  record React(OptionalLong seq, String emoji) implements InputLine {}

  record Topic(String text) implements AboutRoom {}

  record Invite() implements AboutRoom {}

  record ChangeRole(String user, Role role) implements AboutRoom {}

  record Kick(String user) implements AboutRoom {}

  record Ban(String user, Optional<String> reason) implements AboutRoom {}

  record Unban(String user) implements AboutRoom {}

  record Devices() implements InputLine {}

  record LogOut() implements InputLine {}

  record Quit() implements InputLine {}
}
