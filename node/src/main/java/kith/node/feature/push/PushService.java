package kith.node.feature.push;

import java.net.URI;
import java.util.Optional;
import kith.node.feature.courier.Delivery;
import kith.protocol.rest.Notifications.AddPush;

/// A way to reach devices: the registration of its receivers, and the requests to them.
interface PushService {
  /// The kind of its receivers.
  String kind();

  /// The field of a registration that is wrong, if any.
  Optional<String> firstWrong(URI url, AddPush asked);

  /// The stored data of a registration besides its URL.
  byte[] secret(AddPush asked);

  Delivery delivery(URI url, byte[] secret, Notification notification);

  /// Asks the device to close a notification.
  Delivery withdrawal(URI url, byte[] secret, String tag);

  /// A readable reason why a notification was not accepted.
  String reason(Delivery.Answered answered);

  /// True if the receiver no longer exists.
  default boolean isGone(Delivery.Answered answered) {
    return false;
  }
}
