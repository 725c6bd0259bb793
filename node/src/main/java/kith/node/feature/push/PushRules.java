package kith.node.feature.push;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.node.feature.mentions.Mentions;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;

/// The notification rules of an account, for all its devices.
///
/// @param contents the content of a notification
/// @param keywords words that notify like a mention
/// @param away the time without use of any device before a device is notified
/// @param levelByRoom of rooms with another level than `mentions`
record PushRules(
    NotificationContents contents,
    List<String> keywords,
    Optional<Quiet> quiet,
    Optional<Duration> away,
    Map<String, NotificationLevel> levelByRoom) {

  static final PushRules STANDARD =
      new PushRules(
          NotificationContents.SENDER, List.of(), Optional.empty(), Optional.empty(), Map.of());

  /// Hours of each day without notifications. They may span midnight.
  record Quiet(LocalTime from, LocalTime to, ZoneId zone) {
    boolean contains(Instant at) {
      var time = at.atZone(zone).toLocalTime();
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    }

    /// The end of these hours after a time.
    Instant end(Instant at) {
      var here = at.atZone(zone);
      var today = here.with(to);
      return (today.isAfter(here) ? today : here.plusDays(1).with(to)).toInstant();
    }
  }

  PushRules {
    keywords = List.copyOf(keywords);
    levelByRoom = Map.copyOf(levelByRoom);
  }

  NotificationLevel level(String room) {
    return levelByRoom.getOrDefault(room, NotificationLevel.MENTIONS);
  }

  /// Whether a message of another user notifies this account, if it is not read in time.
  ///
  /// @param mentions names that the message mentions
  boolean wants(
      String user, String room, boolean isDirect, String body, Collection<String> mentions) {
    return switch (level(room)) {
      case NONE -> false;
      case ALL -> true;
      case MENTIONS ->
          isDirect
              || mentions.contains(user)
              || mentions.contains(Mentions.EVERYONE)
              || hasKeyword(body);
    };
  }

  /// True if the text contains a keyword as whole words, in upper or lower case.
  private boolean hasKeyword(String body) {
    if (keywords.isEmpty()) return false;
    var text = body.toLowerCase(Locale.ROOT);
    return keywords.stream().anyMatch(keyword -> contains(text, keyword.toLowerCase(Locale.ROOT)));
  }

  private static boolean contains(String text, String keyword) {
    return text.contains(keyword)
        && Pattern.compile("(?<![\\p{L}\\p{N}_])" + Pattern.quote(keyword) + "(?![\\p{L}\\p{N}_])")
            .matcher(text)
            .find();
  }
}
