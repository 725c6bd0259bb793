package kith.node.feature.approval;

import java.time.Duration;
import kith.node.platform.config.Section;
import kith.node.platform.config.Throttle;

/// Requests to join a room.
///
/// @param perRoom requests of one room that wait, are accepted, or are declined and remembered
/// @param perAccount the same of one account
/// @param lifetime how long a request waits for a moderator
/// @param declinedFor how long a user cannot ask again after a moderator declined
/// @param asks how often one account may ask
public record ApprovalSettings(
    int perRoom, int perAccount, Duration lifetime, Duration declinedFor, Throttle asks) {
  public static ApprovalSettings read(Section in) {
    return new ApprovalSettings(
        in.number("per-room", 1, 10_000),
        in.number("per-account", 1, 100),
        in.time("lifetime"),
        in.time("declined-for"),
        Throttle.read(in));
  }
}
