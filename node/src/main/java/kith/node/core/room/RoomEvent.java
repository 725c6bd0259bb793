package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomRequests.Moderation;
import kith.protocol.rest.RoomRequests.Retention;

/// One entry of a room's log, as it is stored. Its position, `seq`, is the journal's sequence
/// number.
///
/// Stored forever: fields are added (optional) and never renamed or removed.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RoomEvent.Created.class, name = "created"),
  @JsonSubTypes.Type(value = RoomEvent.Posted.class, name = "posted"),
  @JsonSubTypes.Type(value = RoomEvent.Edited.class, name = "edited"),
  @JsonSubTypes.Type(value = RoomEvent.Redacted.class, name = "redacted"),
  @JsonSubTypes.Type(value = RoomEvent.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = RoomEvent.Left.class, name = "left"),
  @JsonSubTypes.Type(value = RoomEvent.Kicked.class, name = "kicked"),
  @JsonSubTypes.Type(value = RoomEvent.Banned.class, name = "banned"),
  @JsonSubTypes.Type(value = RoomEvent.Unbanned.class, name = "unbanned"),
  @JsonSubTypes.Type(value = RoomEvent.RoleChanged.class, name = "role"),
  @JsonSubTypes.Type(value = RoomEvent.SettingsChanged.class, name = "settings"),
  @JsonSubTypes.Type(value = RoomEvent.Invited.class, name = "invited"),
  @JsonSubTypes.Type(value = RoomEvent.InvitationRevoked.class, name = "revoked"),
  @JsonSubTypes.Type(value = RoomEvent.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = RoomEvent.Truncated.class, name = "truncated"),
})
public sealed interface RoomEvent extends CborSerializable {
  String by();

  Instant at();

  /// An event of a feature. It has a place in the log like every other event: history, resume and
  /// live readers receive it as its [#entry].
  non-sealed interface PartEvent extends RoomEvent {
    /// The id of the post.
    String id();

    /// The message that it amends, if any.
    OptionalLong target();

    /// As [Post.PartPost#meaning].
    long meaning();

    /// The letter of its [AmendmentKind], if it amends a message.
    Optional<Character> letter();

    /// The entry that members see.
    Entry entry(long seq);
  }

  /// @param members both members of a conversation; absent in other rooms: the creator is the first
  record Created(
      String by,
      Instant at,
      String name,
      String topic,
      Visibility visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      Optional<List<String>> members)
      implements RoomEvent {
    public Created {
      members = members.map(List::copyOf);
    }

    public Created(
        String by,
        Instant at,
        String name,
        String topic,
        Visibility visibility,
        Optional<String> passcodeHash,
        OptionalInt capacity,
        Optional<Retention> retention) {
      this(by, at, name, topic, visibility, passcodeHash, capacity, retention, Optional.empty());
    }
  }

  /// An empty `body` without files means that the text was erased from the journal after a
  /// redaction; nobody can post that.
  ///
  /// @param number the message's number in the room, so that unread messages are counted by
  ///   subtraction; absent in messages from before the inbox existed
  /// @param mentions the members mentioned, `@room` for all; not written if nobody is mentioned, as
  ///   in most messages
  /// @param files not written if there are none
  /// @param program that speaks; `by` is no user then
  /// @param thread see [#root]; not written if it is the message that this one answers
  record Posted(
      String by,
      Instant at,
      String id,
      String body,
      OptionalLong replyTo,
      OptionalLong number,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<String>> mentions,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Attachment>> files,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Program> program,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong thread)
      implements RoomEvent {

    public Posted(
        String by,
        Instant at,
        String id,
        String body,
        OptionalLong replyTo,
        OptionalLong number,
        Optional<List<String>> mentions,
        Optional<List<Attachment>> files,
        Optional<Program> program) {
      this(by, at, id, body, replyTo, number, mentions, files, program, OptionalLong.empty());
    }

    public Posted(
        String by,
        Instant at,
        String id,
        String body,
        OptionalLong replyTo,
        OptionalLong number,
        Optional<List<String>> mentions,
        Optional<List<Attachment>> files) {
      this(by, at, id, body, replyTo, number, mentions, files, Optional.empty());
    }

    public Posted(
        String by,
        Instant at,
        String id,
        String body,
        OptionalLong replyTo,
        OptionalLong number,
        Optional<List<String>> mentions) {
      this(by, at, id, body, replyTo, number, mentions, Optional.empty());
    }

    public Posted(
        String by, Instant at, String id, String body, OptionalLong replyTo, OptionalLong number) {
      this(by, at, id, body, replyTo, number, Optional.empty());
    }

    public Posted(String by, Instant at, String id, String body, OptionalLong replyTo) {
      this(by, at, id, body, replyTo, OptionalLong.empty());
    }

    public Posted mentioning(List<String> names) {
      return new Posted(
          by, at, id, body, replyTo, number, Optional.of(names), files, program, thread);
    }

    public Posted inThread(long root) {
      var unlessAnswered = replyTo.orElse(0) == root ? OptionalLong.empty() : OptionalLong.of(root);
      return new Posted(
          by, at, id, body, replyTo, number, mentions, files, program, unlessAnswered);
    }

    /// The first message of the thread, if this is a reply. Messages from before threads existed
    /// name only the message that they answer, which then counts as the first one.
    public OptionalLong root() {
      return thread.isPresent() ? thread : replyTo;
    }

    /// The text for lists of rooms: the message's text, or the names of its files if it has no
    /// text.
    String preview() {
      return body.isBlank() && files.isPresent()
          ? files.get().stream().map(Attachment::name).collect(Collectors.joining(", ", "▣ ", ""))
          : body;
    }

    /// The same event without its text, its mentions and its files.
    public Posted erased() {
      return new Posted(
          by, at, id, "", replyTo, number, Optional.empty(), Optional.empty(), program, thread);
    }
  }

  record Edited(String by, Instant at, String id, long target, String body) implements RoomEvent {}

  record Redacted(String by, Instant at, String id, long target, Optional<String> reason)
      implements RoomEvent {}

  /// @param owner of a bot; not written for people
  record Joined(
      String by,
      Instant at,
      Optional<String> invitation,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> owner)
      implements RoomEvent {
    public Joined(String by, Instant at, Optional<String> invitation) {
      this(by, at, invitation, Optional.empty());
    }
  }

  record Left(String by, Instant at) implements RoomEvent {}

  record Kicked(String by, Instant at, String user, Optional<String> reason) implements RoomEvent {}

  record Banned(String by, Instant at, String user, Optional<String> reason) implements RoomEvent {}

  record Unbanned(String by, Instant at, String user) implements RoomEvent {}

  record RoleChanged(String by, Instant at, String user, Role role) implements RoomEvent {}

  /// Absent means unchanged; an empty hash removes the passcode, capacity 0 lifts the limit.
  ///
  /// @param moderation not written if it does not change
  record SettingsChanged(
      String by,
      Instant at,
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcodeHash,
      OptionalInt capacity,
      Optional<Retention> retention,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Moderation> moderation)
      implements RoomEvent {
    public SettingsChanged(
        String by,
        Instant at,
        Optional<String> name,
        Optional<String> topic,
        Optional<Visibility> visibility,
        Optional<String> passcodeHash,
        OptionalInt capacity,
        Optional<Retention> retention) {
      this(by, at, name, topic, visibility, passcodeHash, capacity, retention, Optional.empty());
    }
  }

  record Invited(
      String by, Instant at, String invitation, String tokenHash, Instant expires, OptionalInt uses)
      implements RoomEvent {}

  record InvitationRevoked(String by, Instant at, String invitation) implements RoomEvent {}

  record Deleted(String by, Instant at) implements RoomEvent {}

  /// The room's retention changed the beginning of the readable log. A lower `first` than before
  /// makes entries readable again that are not destroyed yet.
  ///
  /// @param first the first entry that can be read
  /// @param messages the number of messages before it
  record Truncated(Instant at, long first, long messages) implements RoomEvent {
    @Override
    public String by() {
      return "";
    }
  }
}
