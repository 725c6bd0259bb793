package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Requests and answers about the reminders of an account.
public final class Reminders {
  private Reminders() {}

  /// Makes a reminder, or replaces the one with its id. At least one of `text` and `room` is
  /// present.
  ///
  /// @param room the room of the message; absent without a message
  /// @param seq the message; present if `room` is
  public record PutReminder(
      Instant at, Optional<String> text, Optional<String> room, OptionalLong seq) {}

  /// The reminders of the account, the earliest first.
  public record AccountReminders(List<AccountReminder> reminders) {
    public AccountReminders {
      reminders = List.copyOf(reminders);
    }
  }

  /// @param due true from `at` on
  /// @param message as the account may read it now; absent if it may not read it, or if the
  ///   reminder has no message
  public record AccountReminder(
      String reminder,
      Instant at,
      boolean due,
      Optional<String> text,
      Optional<String> room,
      OptionalLong seq,
      Optional<RemindedMessage> message) {}

  /// @param text the beginning of its text
  public record RemindedMessage(Instant at, String by, String text) {}
}
