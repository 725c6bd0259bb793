package kith.node.feature.hooks;

import java.util.List;
import java.util.Set;
import kith.protocol.frame.Entry;

/// The types of entries by which a webhook chooses: the `type` of an entry in the protocol.
final class HookKinds {
  private HookKinds() {}

  /// The entries that a webhook receives if its creator chooses none.
  static final List<String> USUAL = List.of("message", "edited", "redacted");

  static final Set<String> ALL =
      Set.of(
          "created",
          "message",
          "edited",
          "redacted",
          "reacted",
          "pinned",
          "joined",
          "left",
          "kicked",
          "banned",
          "unbanned",
          "role",
          "settings",
          "invited",
          "invitation-revoked",
          "truncated");

  static String of(Entry entry) {
    return switch (entry) {
      case Entry.Created _ -> "created";
      case Entry.Message _ -> "message";
      case Entry.Edited _ -> "edited";
      case Entry.Redacted _ -> "redacted";
      case Entry.Reacted _ -> "reacted";
      case Entry.Pinned _ -> "pinned";
      case Entry.Joined _ -> "joined";
      case Entry.Left _ -> "left";
      case Entry.Kicked _ -> "kicked";
      case Entry.Banned _ -> "banned";
      case Entry.Unbanned _ -> "unbanned";
      case Entry.RoleChanged _ -> "role";
      case Entry.SettingsChanged _ -> "settings";
      case Entry.Invited _ -> "invited";
      case Entry.InvitationRevoked _ -> "invitation-revoked";
      case Entry.Deleted _ -> "deleted";
      case Entry.Truncated _ -> "truncated";
      case Entry.Hidden _ -> "hidden";
      case Entry.Unknown _ -> "unknown";
    };
  }
}
