package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;

/// The notification rules of an account, and the receivers of its devices.
public final class Notifications {
  private Notifications() {}

  /// Registers a receiver for the device that asks.
  ///
  /// @param kind `ntfy` or `webpush`
  /// @param url of a topic, or of a subscription
  /// @param token an access token of the ntfy server, if it requires one
  /// @param keys of a subscription
  public record AddPush(String kind, String url, Optional<String> token, Optional<PushKeys> keys) {}

  /// Requests a code for an e-mail address. The code confirms that the address belongs to the
  /// account's user.
  public record AddEmail(String email) {}

  /// @param code that was sent to the address
  public record ConfirmEmail(String code) {}

  /// The keys of a browser's subscription, in Base64 for URLs.
  public record PushKeys(String p256dh, String auth) {}

  /// The content that a device decrypts.
  ///
  /// @param tag names the notification, so that it can be withdrawn; absent from a test
  public record PushMessage(String title, String message, Optional<String> tag) {}

  /// The content that a device decrypts when its user has read the message elsewhere.
  ///
  /// @param withdrawn the tag of the notification to close
  public record PushWithdrawal(String withdrawn) {}

  /// @param device to which it belongs; empty for an e-mail address, which belongs to the account
  /// @param state `active`, `dead` (it failed for too long) or `ended` (its device was logged out)
  /// @param reason the reason why it gets nothing at present
  /// @param failures in a row
  /// @param delivered when it last accepted a notification
  public record Push(
      String push,
      String kind,
      String url,
      String device,
      Instant created,
      String state,
      Optional<String> reason,
      int failures,
      Optional<Instant> since,
      Optional<Instant> nextTry,
      Optional<Instant> delivered) {}

  /// @param most receivers that an account may have
  /// @param vapidKey with which browsers subscribe, in Base64 for URLs; absent for a moment after
  ///   the start of a node
  /// @param emailIntervalMillis between two digests by e-mail, at least; absent if the server sends
  ///   none
  public record Pushes(
      List<Push> pushes, int most, Optional<String> vapidKey, OptionalLong emailIntervalMillis) {
    public Pushes {
      pushes = List.copyOf(pushes);
    }
  }

  /// @param reason the reason why a test was not accepted
  public record PushTest(boolean accepted, Optional<String> reason) {}

  /// Replaces the rules that concern all rooms.
  ///
  /// @param awayMinutes the time without use of any device before a device is notified; absent
  ///   means at once
  public record ChooseNotifications(
      NotificationContents contents,
      List<String> keywords,
      Optional<QuietHours> quiet,
      OptionalInt awayMinutes) {
    public ChooseNotifications {
      keywords = List.copyOf(keywords);
    }
  }

  /// @param from such as `22:00`, like `to`
  /// @param zone such as `Europe/Berlin`
  public record QuietHours(String from, String to, String zone) {}

  public record ChooseLevel(NotificationLevel level) {}

  public record RoomLevel(String room, NotificationLevel level) {}

  /// @param most the largest `contents` that the server sends
  /// @param rooms with another level than `mentions`
  public record NotificationRules(
      NotificationContents contents,
      NotificationContents most,
      List<String> keywords,
      Optional<QuietHours> quiet,
      List<RoomLevel> rooms,
      OptionalInt awayMinutes) {
    public NotificationRules {
      keywords = List.copyOf(keywords);
      rooms = List.copyOf(rooms);
    }
  }

  /// The body of a request to an ntfy server, with its names.
  ///
  /// @param sequence_id names the notification, so that it can be withdrawn; absent from a test
  public record NtfyMessage(
      String topic, String title, String message, Optional<String> sequence_id) {}
}
