package kith.node.feature.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Supplier;
import kith.node.feature.courier.Delivery;
import kith.protocol.json.Json;
import kith.protocol.rest.Notifications.AddPush;
import kith.protocol.rest.Notifications.PushMessage;
import kith.protocol.rest.Notifications.PushWithdrawal;

/// Subscriptions of browsers and of UnifiedPush: Web Push (RFC 8030). The push service cannot read
/// the notifications.
///
/// @param vapid the key, when this node has it
/// @param lifetime for which a push service keeps a notification for a device that is off
record WebPush(Supplier<Optional<Vapid>> vapid, Duration lifetime, Clock clock)
    implements PushService {
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  @Override
  public String kind() {
    return "webpush";
  }

  @Override
  public Optional<String> firstWrong(URI url, AddPush asked) {
    return keys(asked).isPresent() ? Optional.empty() : Optional.of("keys");
  }

  private static Optional<WebPushCipher.Keys> keys(AddPush asked) {
    try {
      var base64 = Base64.getUrlDecoder();
      return asked
          .keys()
          .map(it -> new WebPushCipher.Keys(base64.decode(it.p256dh()), base64.decode(it.auth())));
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] secret(AddPush asked) {
    return keys(asked).orElseThrow().bytes();
  }

  @Override
  public Delivery delivery(URI url, byte[] secret, Notification notification) {
    return delivery(
        url,
        secret,
        new PushMessage(notification.title(), notification.text(), notification.tag()),
        notification.tag(),
        "high");
  }

  /// Replaces the notification at the push service if the device has not received it yet: both have
  /// the same topic. Otherwise the device closes it.
  @Override
  public Delivery withdrawal(URI url, byte[] secret, String tag) {
    return delivery(url, secret, new PushWithdrawal(tag), Optional.of(tag), "normal");
  }

  private Delivery delivery(
      URI url, byte[] secret, Record content, Optional<String> topic, String urgency) {
    var text = Json.restText(content).getBytes(StandardCharsets.UTF_8);
    var headers = new HashMap<String, String>();
    headers.put("content-type", "application/octet-stream");
    headers.put("content-encoding", "aes128gcm");
    headers.put("ttl", String.valueOf(lifetime.toSeconds()));
    headers.put("urgency", urgency);
    topic.ifPresent(it -> headers.put("topic", it));
    // a fault of this node until it has read the key: the step is repeated
    var key = vapid.get().orElseThrow(() -> new IllegalStateException("The key is not read yet"));
    headers.put("authorization", key.authorization(url, clock.instant()));
    return new Delivery(url, headers, WebPushCipher.encrypt(WebPushCipher.Keys.of(secret), text));
  }

  @Override
  public String reason(Delivery.Answered answered) {
    return isGone(answered)
        ? "The subscription no longer exists."
        : "The push service answered " + answered.status() + ".";
  }

  @Override
  public boolean isGone(Delivery.Answered answered) {
    return answered.status() == NOT_FOUND || answered.status() == GONE;
  }
}
