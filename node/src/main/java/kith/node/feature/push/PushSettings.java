package kith.node.feature.push;

import java.time.Duration;
import java.util.Optional;
import kith.node.platform.config.Section;
import kith.protocol.NotificationContents;

/// @param receivers of all accounts
/// @param perAccount receivers of one account
/// @param keywords of one account
/// @param levelsPerAccount rooms of one account with a level of their own
/// @param contents the most that a notification shows
/// @param delay after which an unread message is notified
/// @param lifetime after which it is no longer notified
/// @param contact the address at which push services reach the operator
/// @param email absent if the node sends none
public record PushSettings(
    int receivers,
    int perAccount,
    int keywords,
    int levelsPerAccount,
    NotificationContents contents,
    Duration delay,
    Duration lifetime,
    Optional<String> contact,
    Optional<EmailSettings> email) {
  public static PushSettings read(Section in) {
    return new PushSettings(
        in.number("receivers", 1, 100_000),
        in.number("per-account", 1, 1000),
        in.number("keywords", 1, 1000),
        in.number("levels", 1, 100_000),
        in.choice("contents", NotificationContents.class),
        in.time("delay"),
        in.time("lifetime"),
        in.optionalText("contact"),
        EmailSettings.read(in.in("email")));
  }
}
