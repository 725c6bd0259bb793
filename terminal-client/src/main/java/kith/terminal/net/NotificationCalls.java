package kith.terminal.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications;

/// The REST calls about notifications and their receivers. They fail as those of [Rest].
public record NotificationCalls(Rest rest) {
  private static final String PUSH = "/v1/account/push";
  private static final String EMAIL = "/v1/account/email";
  private static final String RULES = "/v1/account/notifications";

  public Notifications.Pushes receivers() {
    return rest.get(PUSH, Notifications.Pushes.class);
  }

  /// @param keys of a Web Push subscription; without them, the URL is that of an ntfy topic
  public Notifications.Push add(
      String url, Optional<String> token, Optional<Notifications.PushKeys> keys) {
    return rest.ask(
        "POST",
        PUSH,
        Optional.of(
            new Notifications.AddPush(keys.isPresent() ? "webpush" : "ntfy", url, token, keys)),
        Notifications.Push.class);
  }

  /// Requests that a code is sent to an e-mail address.
  public void addEmail(String address) {
    rest.request("POST", EMAIL, new Notifications.AddEmail(address));
  }

  public Notifications.Push confirmEmail(String code) {
    return rest.ask(
        "PUT", EMAIL, Optional.of(new Notifications.ConfirmEmail(code)), Notifications.Push.class);
  }

  public void remove(String receiver) {
    rest.request("DELETE", PUSH + "/" + Rest.part(receiver));
  }

  public void restart(String receiver) {
    rest.request("POST", PUSH + "/" + Rest.part(receiver) + "/restart");
  }

  public Notifications.PushTest test(String receiver) {
    return rest.ask(
        "POST",
        PUSH + "/" + Rest.part(receiver) + "/test",
        Optional.empty(),
        Notifications.PushTest.class);
  }

  public Notifications.NotificationRules rules() {
    return rest.get(RULES, Notifications.NotificationRules.class);
  }

  public Notifications.NotificationRules choose(
      NotificationContents contents,
      List<String> keywords,
      Optional<Notifications.QuietHours> quiet,
      OptionalInt awayMinutes) {
    return rest.ask(
        "PUT",
        RULES,
        Optional.of(new Notifications.ChooseNotifications(contents, keywords, quiet, awayMinutes)),
        Notifications.NotificationRules.class);
  }

  public void choose(String room, NotificationLevel level) {
    rest.request("PUT", RULES + "/" + Rest.part(room), new Notifications.ChooseLevel(level));
  }
}
