package kith.node.feature.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import kith.node.feature.courier.Delivery;
import kith.protocol.json.Json;
import kith.protocol.rest.Notifications.NtfyMessage;

/// Requests to an ntfy server: JSON to the address of the server, which contains the topic.
final class Ntfy {
  private Ntfy() {}

  /// The topic of a URL; empty if it names none.
  static Optional<String> topic(URI url) {
    var path = url.getPath();
    var topic = path.substring(path.lastIndexOf('/') + 1);
    return topic.matches("[-_A-Za-z0-9]{1,64}") && url.getRawQuery() == null
        ? Optional.of(topic)
        : Optional.empty();
  }

  /// @param token an access token of the server; empty if it needs none
  static Delivery delivery(URI url, String token, Notification notification) {
    var topic = topic(url).orElseThrow();
    var body = new NtfyMessage(topic, notification.title(), notification.text());
    var headers = new HashMap<String, String>();
    headers.put("content-type", "application/json");
    if (!token.isEmpty()) headers.put("authorization", "Bearer " + token);
    return new Delivery(
        url.resolve("."), headers, Json.restText(body).getBytes(StandardCharsets.UTF_8));
  }

  static String reason(Delivery.Answered answered) {
    return switch (answered.status()) {
      case 401, 403 -> "The ntfy server does not accept the token, or asks for one.";
      case 429 -> "The ntfy server accepts no more notifications at present.";
      default -> "The ntfy server answered " + answered.status() + ".";
    };
  }
}
