package kith.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.Webhooks;

/// The webhooks that an owner makes for a room.
final class RoomHooks {
  private final SetUp setUp;
  private final Member owner;
  private final String path;
  private final List<String> made = new ArrayList<>();

  RoomHooks(SetUp setUp, Member owner, String room) {
    this.setUp = setUp;
    this.owner = owner;
    this.path = "/v1/rooms/" + room + "/webhooks";
  }

  /// Returns its id.
  String add(String url) {
    var hook =
        setUp.ask(
            "POST",
            path,
            owner,
            Optional.of(new Webhooks.CreateWebhook(url, Optional.empty())),
            Webhooks.Webhook.class);
    made.add(hook.webhook());
    return hook.webhook();
  }

  /// Has the next attempt made at once.
  void restart(String hook) {
    setUp.ask("POST", path + "/" + hook + "/restart", owner);
  }

  void removeAll() {
    made.forEach(hook -> setUp.ask("DELETE", path + "/" + hook, owner));
    made.clear();
  }
}
