package kith.node.feature.push;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import kith.node.feature.push.PushRules.Quiet;
import kith.node.platform.config.Portions;
import kith.protocol.Lengths;
import kith.protocol.NotificationContents;
import kith.protocol.rest.Notifications.ChooseNotifications;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.QuietHours;
import kith.protocol.rest.Notifications.RoomLevel;

/// Checks of the rules of an account, and their form in the protocol.
final class PushFields {
  private PushFields() {}

  static Optional<String> firstWrong(ChooseNotifications asked, int mostKeywords) {
    if (asked.keywords().size() > mostKeywords
        || !asked.keywords().stream().allMatch(PushFields::isKeyword))
      return Optional.of("keywords");
    if (asked.quiet().isPresent() && quiet(asked.quiet().get()).isEmpty())
      return Optional.of("quiet");
    var away = asked.awayMinutes().orElse(1);
    return away < 1 || away > Portions.AWAY_MINUTES ? Optional.of("awayMinutes") : Optional.empty();
  }

  private static boolean isKeyword(String text) {
    return !text.isBlank()
        && text.equals(text.strip())
        && Lengths.isWithin(text, Lengths.VERSION_1.displayName())
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static Optional<Quiet> quiet(QuietHours hours) {
    try {
      var quiet =
          new Quiet(
              LocalTime.parse(hours.from()), LocalTime.parse(hours.to()), ZoneId.of(hours.zone()));
      // two equal times could mean always or never
      return quiet.from().equals(quiet.to()) ? Optional.empty() : Optional.of(quiet);
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }

  /// The rules without the levels of rooms.
  static PushRules rules(ChooseNotifications asked) {
    return new PushRules(
        asked.contents(),
        asked.keywords().stream().distinct().toList(),
        asked.quiet().flatMap(PushFields::quiet),
        asked.awayMinutes().isPresent()
            ? Optional.of(Duration.ofMinutes(asked.awayMinutes().getAsInt()))
            : Optional.empty(),
        Map.of());
  }

  static NotificationRules shown(PushRules rules, NotificationContents most) {
    return new NotificationRules(
        rules.contents(),
        most,
        rules.keywords(),
        rules
            .quiet()
            .map(it -> new QuietHours(it.from().toString(), it.to().toString(), it.zone().getId())),
        rules.levelByRoom().entrySet().stream()
            .map(it -> new RoomLevel(it.getKey(), it.getValue()))
            .sorted(Comparator.comparing(RoomLevel::room))
            .toList(),
        rules.away().stream().mapToInt(it -> (int) it.toMinutes()).findFirst());
  }
}
