package kith.terminal.net;

import java.util.List;
import java.util.Optional;
import kith.protocol.rest.Webhooks;

/// The REST calls about the webhooks of a room, and of the account. They fail as those of [Rest].
public record WebhookCalls(Rest rest) {
  private static final String OF_ACCOUNT = "/v1/account/webhooks";

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

  // for all rooms of the account

  public Webhooks.RoomWebhooks listOfAccount() {
    return rest.get(OF_ACCOUNT, Webhooks.RoomWebhooks.class);
  }

  public Webhooks.Webhook createOfAccount(String url, Optional<List<String>> kinds) {
    return rest.ask(
        "POST",
        OF_ACCOUNT,
        Optional.of(new Webhooks.CreateWebhook(url, kinds)),
        Webhooks.Webhook.class);
  }

  public void removeOfAccount(String hook) {
    rest.request("DELETE", OF_ACCOUNT + "/" + Rest.part(hook));
  }

  public void restartOfAccount(String hook) {
    rest.request("POST", OF_ACCOUNT + "/" + Rest.part(hook) + "/restart");
  }

  private static String of(String room) {
    return Rest.of(room) + "/webhooks";
  }

  private static String of(String room, String hook) {
    return of(room) + "/" + Rest.part(hook);
  }
}
