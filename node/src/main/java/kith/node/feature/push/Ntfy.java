package kith.node.feature.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.feature.courier.Delivery;
import kith.protocol.json.Json;
import kith.protocol.rest.Notifications.AddPush;
import kith.protocol.rest.Notifications.NtfyMessage;

/// Topics of ntfy servers. The request is JSON to the address of the server, which contains the
/// topic.
record Ntfy() implements PushService {
  @Override
  public String kind() {
    return "ntfy";
  }

  @Override
  public Optional<String> firstWrong(URI url, AddPush asked) {
    if (topic(url).isEmpty()) return Optional.of("url");
    return isToken(asked.token().orElse("")) ? Optional.empty() : Optional.of("token");
  }

  private static boolean isToken(String token) {
    return token.length() <= 256 && token.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  /// The topic of a URL; empty if it names none.
  static Optional<String> topic(URI url) {
    var path = url.getPath();
    var topic = path.substring(path.lastIndexOf('/') + 1);
    return topic.matches("[-_A-Za-z0-9]{1,64}") && url.getRawQuery() == null
        ? Optional.of(topic)
        : Optional.empty();
  }

  /// An access token of the server; empty if it needs none.
  @Override
  public byte[] secret(AddPush asked) {
    return asked.token().orElse("").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Delivery delivery(URI url, byte[] secret, Notification notification) {
    var topic = topic(url).orElseThrow();
    var body =
        new NtfyMessage(topic, notification.title(), notification.text(), notification.tag());
    var headers = headers(secret);
    headers.put("content-type", "application/json");
    return new Delivery(
        url.resolve("."), headers, Json.restText(body).getBytes(StandardCharsets.UTF_8));
  }

  /// Since ntfy 2.16, whose clients for Android and the web remove the notification then. An older
  /// server refuses the request.
  @Override
  public Delivery withdrawal(URI url, byte[] secret, String tag) {
    var shown = URI.create(url + "/" + tag);
    return new Delivery("DELETE", shown, headers(secret), new byte[0]);
  }

  private static Map<String, String> headers(byte[] secret) {
    var headers = new HashMap<String, String>();
    var token = new String(secret, StandardCharsets.UTF_8);
    if (!token.isEmpty()) headers.put("authorization", "Bearer " + token);
    return headers;
  }

  @Override
  public String reason(Delivery.Answered answered) {
    return switch (answered.status()) {
      case 401, 403 -> "The ntfy server does not accept the token, or asks for one.";
      case 429 -> "The ntfy server accepts no more notifications at present.";
      default -> "The ntfy server answered " + answered.status() + ".";
    };
  }
}
