package kith.node.core.room;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kith.node.privacy.Privacy;
import kith.protocol.frame.Entry;

/// Converts stored events into the entries that members see.
public final class Entries {
  private Entries() {}

  public static Entry of(long seq, RoomEvent event) {
    return switch (event) {
      case RoomEvent.Created it ->
          new Entry.Created(
              seq,
              it.at(),
              it.by(),
              it.name(),
              it.topic(),
              it.visibility(),
              it.passcodeHash().isPresent(),
              it.capacity(),
              it.members());
      case RoomEvent.PartEvent it -> it.entry(seq);
      case RoomEvent.Posted it ->
          new Entry.Message(
                  seq,
                  it.at(),
                  it.by(),
                  it.id(),
                  Optional.of(it.body()),
                  it.replyTo(),
                  Optional.empty(),
                  Optional.empty(),
                  it.mentions(),
                  Optional.empty(),
                  it.files().map(Entries::files),
                  it.program().map(Program::shown))
              .inThread(it.root());
      case RoomEvent.Edited it ->
          new Entry.Edited(seq, it.at(), it.by(), it.id(), it.target(), Optional.of(it.body()));
      case RoomEvent.Redacted it ->
          new Entry.Redacted(seq, it.at(), it.by(), it.id(), it.target(), it.reason());
      case RoomEvent.Joined it -> new Entry.Joined(seq, it.at(), it.by());
      case RoomEvent.Left it -> new Entry.Left(seq, it.at(), it.by());
      case RoomEvent.Kicked it -> new Entry.Kicked(seq, it.at(), it.by(), it.user(), it.reason());
      case RoomEvent.Banned it -> new Entry.Banned(seq, it.at(), it.by(), it.user(), it.reason());
      case RoomEvent.Unbanned it -> new Entry.Unbanned(seq, it.at(), it.by(), it.user());
      case RoomEvent.RoleChanged it ->
          new Entry.RoleChanged(seq, it.at(), it.by(), it.user(), it.role());
      case RoomEvent.SettingsChanged it ->
          new Entry.SettingsChanged(
              seq,
              it.at(),
              it.by(),
              it.name(),
              it.topic(),
              it.visibility(),
              it.passcodeHash().map(hash -> !hash.isEmpty()),
              it.capacity(),
              it.retention(),
              it.moderation());
      case RoomEvent.Invited it ->
          new Entry.Invited(seq, it.at(), it.by(), it.invitation(), it.expires(), it.uses());
      case RoomEvent.InvitationRevoked it ->
          new Entry.InvitationRevoked(seq, it.at(), it.by(), it.invitation());
      case RoomEvent.Deleted it -> new Entry.Deleted(seq, it.at(), it.by());
      case RoomEvent.Truncated it -> new Entry.Truncated(seq, it.at(), it.first());
    };
  }

  private static List<Entry.File> files(List<Attachment> attached) {
    return attached.stream()
        .map(
            it -> new Entry.File(it.id(), it.name(), it.size(), it.type(), it.width(), it.height()))
        .toList();
  }

  /// The same entry with its latest edit and its redaction.
  public static Entry amended(
      Entry entry, Optional<Entry.LatestEdit> edit, Optional<Entry.Redaction> redaction) {
    return switch (entry) {
      case Entry.Message it ->
          new Entry.Message(
                  it.seq(),
                  it.at(),
                  it.by(),
                  it.id(),
                  redaction.isPresent() ? Optional.empty() : it.body(),
                  it.replyTo(),
                  redaction.isPresent() ? Optional.empty() : edit,
                  redaction,
                  redaction.isPresent() ? Optional.empty() : it.mentions(),
                  Optional.empty(),
                  redaction.isPresent() ? Optional.empty() : it.files(),
                  it.program())
              .inThread(it.thread());
      case Entry.Edited it when redaction.isPresent() ->
          new Entry.Edited(it.seq(), it.at(), it.by(), it.id(), it.target(), Optional.empty());
      case Entry other -> other;
    };
  }

  /// The entries as seen by a reader who has blocked these users.
  public static List<Entry> hiding(Set<String> blocked, List<Entry> entries) {
    return blocked.isEmpty()
        ? entries
        : entries.stream().map(it -> it.hiding(by -> !Privacy.mayRead(by, blocked))).toList();
  }

  /// True if a reader who has blocked these users sees all entries unchanged.
  public static boolean isFree(Set<String> blocked, List<Entry> entries) {
    return blocked.isEmpty()
        || entries.stream().allMatch(it -> it.hiding(by -> !Privacy.mayRead(by, blocked)) == it);
  }

  /// The message that this entry posts or edits.
  public static OptionalLong message(Entry entry) {
    return switch (entry) {
      case Entry.Message it -> OptionalLong.of(it.seq());
      case Entry.Edited it -> OptionalLong.of(it.target());
      case Entry ignored -> OptionalLong.empty();
    };
  }

  /// A rough size on the wire.
  public static int bytes(Entry entry) {
    var text =
        switch (entry) {
          case Entry.Message it ->
              it.body().map(Entries::utf8Length).orElse(0)
                  + it.edit().map(edit -> utf8Length(edit.body())).orElse(0)
                  + it.reactions().orElse(List.of()).stream().mapToInt(Entries::bytes).sum()
                  + it.files().orElse(List.of()).stream().mapToInt(Entries::bytes).sum();
          case Entry.Edited it -> it.body().map(Entries::utf8Length).orElse(0);
          case Entry ignored -> 0;
        };
    return 150 + text;
  }

  private static int bytes(Entry.Reaction reaction) {
    return 50 + reaction.users().stream().mapToInt(user -> utf8Length(user) + 3).sum();
  }

  private static int bytes(Entry.File file) {
    return 150 + utf8Length(file.name()) + file.type().length();
  }

  private static int utf8Length(String text) {
    return text.codePoints().map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4).sum();
  }
}
