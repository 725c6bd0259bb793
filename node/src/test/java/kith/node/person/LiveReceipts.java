package kith.node.person;

import java.util.Map;
import java.util.TreeMap;
import kith.protocol.frame.ServerFrame;

/// The positions of the other members of a small room, by user.
public final class LiveReceipts extends LiveView<Map<String, ServerFrame.Receipt>> {
  private final String room;

  public LiveReceipts(String room) {
    this.room = room;
  }

  @Override
  Map<String, ServerFrame.Receipt> empty() {
    return Map.of();
  }

  @Override
  Map<String, ServerFrame.Receipt> with(Map<String, ServerFrame.Receipt> users, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Receipts change) || !change.room().equals(room))
      return users;
    var after = new TreeMap<>(users);
    change.users().ifPresent(all -> all.forEach(it -> after.put(it.user(), it)));
    return after;
  }

  /// There is no REST request for receipts: another device opens the room.
  @Override
  Asking<Map<String, ServerFrame.Receipt>> asks(Person who) {
    var device = who.onAnotherDevice();
    device.connectsWithInbox();
    device.opens(room);
    return new Asking<>() {
      @Override
      public Map<String, ServerFrame.Receipt> get() {
        return after(device.heard());
      }

      @Override
      public void close() {
        device.close();
      }
    };
  }
}
