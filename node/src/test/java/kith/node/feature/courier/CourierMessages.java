package kith.node.feature.courier;

import java.util.List;
import kith.node.platform.serialization.CborSerializable;

/// The messages of couriers between nodes.
public final class CourierMessages {
  private CourierMessages() {}

  public static List<CborSerializable> all() {
    return List.of(new Courier.Wake(true));
  }
}
