package kith.terminal.net;

import java.util.List;
import java.util.Optional;
import kith.protocol.rest.Webhooks;

/// The REST calls about the webhooks of a room. They fail as those of [Rest].
public record WebhookCalls(Rest rest) {
  public Webhooks.RoomWebhooks list(String room) {
    return rest.get(of(room), Webhooks.RoomWebhooks.class);
  }

  public Webhooks.Webhook create(String room, String url, Optional<List<String>> kinds) {
    return rest.ask(
        "POST",
        of(room),
        Optional.of(new Webhooks.CreateWebhook(url, kinds)),
        Webhooks.Webhook.class);
  }

  public void remove(String room, String hook) {
    rest.request("DELETE", of(room, hook));
  }

  public void restart(String room, String hook) {
    rest.request("POST", of(room, hook) + "/restart");
  }

  public void replay(String room, String hook, long after) {
    rest.request("POST", of(room, hook) + "/replay", new Webhooks.ReplayWebhook(after));
  }

  private static String of(String room) {
    return Rest.of(room) + "/webhooks";
  }

  private static String of(String room, String hook) {
    return of(room) + "/" + Rest.part(hook);
  }
}
