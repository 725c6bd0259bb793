package kith.terminal.net;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import kith.protocol.rest.Reminders;

/// The calls about reminders.
public record ReminderCalls(Rest rest) {
  private static final String REMINDERS = "/v1/account/reminders";

  /// Letters and digits that are not mistaken for each other.
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int ID_LENGTH = 8;

  /// An id that is short enough to type.
  public static String newId() {
    return new SecureRandom()
        .ints(ID_LENGTH, 0, LETTERS.length())
        .mapToObj(it -> String.valueOf(LETTERS.charAt(it)))
        .collect(Collectors.joining());
  }

  public Reminders.AccountReminders list() {
    return rest.get(REMINDERS, Reminders.AccountReminders.class);
  }

  /// @param room the room of the message; absent for a text alone
  public void put(
      String id, Instant at, Optional<String> text, Optional<String> room, OptionalLong seq) {
    rest.request("PUT", of(id), new Reminders.PutReminder(at, text, room, seq));
  }

  /// Removes a reminder; also succeeds if there is none.
  public void remove(String id) {
    rest.request("DELETE", of(id));
  }

  private static String of(String id) {
    return REMINDERS + "/" + Rest.part(id);
  }
}
