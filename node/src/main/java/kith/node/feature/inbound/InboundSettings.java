package kith.node.feature.inbound;

import kith.node.platform.config.Section;
import kith.node.platform.config.Throttle;

/// Incoming webhooks.
///
/// @param perRoom hooks of one room
/// @param body the longest request to a hook, in bytes
/// @param messages of one hook, on each node
public record InboundSettings(int perRoom, int body, Throttle messages) {
  public static InboundSettings read(Section in) {
    return new InboundSettings(
        in.number("per-room", 1, 10_000), in.bytes("body", 1024), Throttle.read(in.in("messages")));
  }
}
