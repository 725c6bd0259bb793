package kith.node.feature.administration;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.Subnet;
import kith.protocol.Code;
import kith.protocol.frame.ServerFrame;

/// The administrators' decisions about the whole server.
///
/// @param version the number of changes so far
/// @param announcements the oldest first
record ServerCondition(
    long version,
    Optional<Maintenance> maintenance,
    List<BannedNetwork> bans,
    List<Announced> announcements) {
  static final ServerCondition USUAL =
      new ServerCondition(-1, Optional.empty(), List.of(), List.of());

  ServerCondition {
    bans = List.copyOf(bans);
    announcements = List.copyOf(announcements);
  }

  /// In maintenance, nobody may change anything and everybody may read.
  record Maintenance(Instant since, String by, Optional<String> message) {
    String sentence() {
      return message.orElseGet(Code.MAINTENANCE::sentence);
    }
  }

  record BannedNetwork(
      Subnet network,
      String text,
      Instant created,
      String by,
      Optional<Instant> until,
      Optional<String> reason) {
    private boolean isValid(Instant now) {
      return until.isEmpty() || now.isBefore(until.get());
    }
  }

  record Announced(long number, Instant at, Instant until, String text, String by) {
    private boolean isValid(Instant now) {
      return now.isBefore(until);
    }
  }

  boolean bans(InetAddress address, Instant now) {
    for (var ban : bans) if (ban.network().contains(address) && ban.isValid(now)) return true;
    return false;
  }

  /// The form that clients receive.
  ServerFrame.Notices notices(Instant now) {
    return new ServerFrame.Notices(
        announcements.stream()
            .filter(it -> it.isValid(now))
            .map(it -> new ServerFrame.Announcement(it.number(), it.at(), it.until(), it.text()))
            .toList(),
        maintenance.map(Maintenance::sentence));
  }
}
