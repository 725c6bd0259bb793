package kith.node.platform.database;

import java.util.List;
import java.util.stream.Stream;

/// The tables that a backup contains. A new table belongs to one of the two lists.
final class BackupTables {
  /// Tables of all schema versions that a backup contains; a table comes after those it refers to.
  static final List<String> KEPT =
      List.of(
          "event_journal",
          "snapshot",
          "node_secret",
          "cluster_authority",
          "token_key",
          "room_directory",
          "projection_position",
          "read_position",
          "mention",
          "search_message",
          "pinned_message",
          "bookmark",
          "thread_reply",
          "thread",
          "thread_follow",
          "reminder",
          "last_seen",
          "account_privacy",
          "account_block",
          "bot",
          "room_command",
          "command_call",
          "server_invitation",
          "server_invitation_use",
          "client_request",
          "message_erasure",
          "account_directory",
          "room_aging",
          "log_segment",
          "log_segment_mark",
          "log_archive",
          "file_content",
          "file_part",
          "file",
          "file_object",
          "file_object_unnamed",
          "file_moved",
          "file_quota",
          "file_usage",
          "file_infected",
          "profile_picture",
          "server_condition",
          "network_ban",
          "announcement",
          "inbound_hook",
          "join_request",
          "room_mute",
          "room_moderator",
          "message_report",
          "courier_target",
          "courier_position",
          "push_account",
          "push_level",
          "push_event",
          "push_activity",
          "push_shown",
          "reminder_settled",
          "push_email",
          "push_key",
          "second_factor",
          "identity_link",
          "identity_session");

  /// Tables that describe running nodes, which a restored database does not have, thumbnails, which
  /// are made again, sign-ins that are under way, and the table that the migrations of the restored
  /// database write themselves.
  static final List<String> LEFT_OUT =
      List.of(
          "cluster_node",
          "cluster_lease",
          "file_thumbnail",
          "identity_flow",
          "flyway_schema_history");

  private BackupTables() {}

  static Stream<String> all() {
    return Stream.concat(KEPT.stream(), LEFT_OUT.stream());
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
