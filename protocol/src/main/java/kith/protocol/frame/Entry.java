package kith.protocol.frame;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests;

/// An entry of a room's log. `seq` counts from 1 without gaps; `by` is the acting user.
public sealed interface Entry {
  long seq();

  Instant at();

  String by();

  /// The entry as a reader sees it who has blocked some users; the same object if nothing in it is
  /// hidden from that reader.
  default Entry hiding(Predicate<String> isBlocked) {
    return this;
  }

  /// An entry that a post created; `id` is the id of the post.
  sealed interface OfPost extends Entry {
    String id();
  }

  /// A later change of a message; `target` is the message's `seq`.
  sealed interface Amendment extends OfPost {
    long target();
  }

  /// @param members both members of a conversation; absent for other rooms
  record Created(
      long seq,
      Instant at,
      String by,
      String name,
      String topic,
      Visibility visibility,
      boolean passcode,
      OptionalInt capacity,
      Optional<List<String>> members)
      implements Entry {
    public Created {
      members = members.map(List::copyOf);
    }
  }

  /// A message in its current state. If it is read after a change, `edit` is its latest edit, and a
  /// redacted message has `redaction` and no `body`.
  ///
  /// @param mentions the mentioned members; `@room` stands for all
  /// @param reactions as of the newest entry that was read with it
  /// @param files absent if the message was redacted
  /// @param program present if a program wrote the message, not a person
  /// @param pin present while the message is pinned
  /// @param thread the first message of the thread, if this is a reply
  record Message(
      long seq,
      Instant at,
      String by,
      String id,
      Optional<String> body,
      OptionalLong replyTo,
      Optional<LatestEdit> edit,
      Optional<Redaction> redaction,
      Optional<List<String>> mentions,
      Optional<List<Reaction>> reactions,
      Optional<List<File>> files,
      Optional<Program> program,
      Optional<Pin> pin,
      OptionalLong thread)
      implements OfPost {
    public Message {
      files = files.map(List::copyOf);
    }

    public Message(
        long seq,
        Instant at,
        String by,
        String id,
        Optional<String> body,
        OptionalLong replyTo,
        Optional<LatestEdit> edit,
        Optional<Redaction> redaction,
        Optional<List<String>> mentions,
        Optional<List<Reaction>> reactions,
        Optional<List<File>> files,
        Optional<Program> program) {
      this(
          seq,
          at,
          by,
          id,
          body,
          replyTo,
          edit,
          redaction,
          mentions,
          reactions,
          files,
          program,
          Optional.empty(),
          OptionalLong.empty());
    }

    public Message(
        long seq,
        Instant at,
        String by,
        String id,
        Optional<String> body,
        OptionalLong replyTo,
        Optional<LatestEdit> edit,
        Optional<Redaction> redaction,
        Optional<List<String>> mentions,
        Optional<List<Reaction>> reactions,
        Optional<List<File>> files) {
      this(
          seq,
          at,
          by,
          id,
          body,
          replyTo,
          edit,
          redaction,
          mentions,
          reactions,
          files,
          Optional.empty());
    }

    public Message(
        long seq,
        Instant at,
        String by,
        String id,
        Optional<String> body,
        OptionalLong replyTo,
        Optional<LatestEdit> edit,
        Optional<Redaction> redaction,
        Optional<List<String>> mentions,
        Optional<List<Reaction>> reactions) {
      this(seq, at, by, id, body, replyTo, edit, redaction, mentions, reactions, Optional.empty());
    }

    public Message(
        long seq,
        Instant at,
        String by,
        String id,
        Optional<String> body,
        OptionalLong replyTo,
        Optional<LatestEdit> edit,
        Optional<Redaction> redaction,
        Optional<List<String>> mentions) {
      this(seq, at, by, id, body, replyTo, edit, redaction, mentions, Optional.empty());
    }

    public Message(
        long seq,
        Instant at,
        String by,
        String id,
        Optional<String> body,
        OptionalLong replyTo,
        Optional<LatestEdit> edit,
        Optional<Redaction> redaction) {
      this(seq, at, by, id, body, replyTo, edit, redaction, Optional.empty());
    }

    @Override
    public Entry hiding(Predicate<String> isBlocked) {
      if (isBlocked.test(by)) return new Hidden(seq, at);
      if (reactions.isEmpty() || reactions.get().stream().noneMatch(it -> it.isBy(isBlocked)))
        return this;
      var visible =
          reactions.get().stream()
              .map(it -> it.hiding(isBlocked))
              .filter(it -> !it.users().isEmpty())
              .toList();
      return withReactions(visible);
    }

    /// The same message with these reactions, or without reactions if there are none.
    public Message withReactions(List<Reaction> now) {
      return new Message(
          seq,
          at,
          by,
          id,
          body,
          replyTo,
          edit,
          redaction,
          mentions,
          now.isEmpty() ? Optional.empty() : Optional.of(now),
          files,
          program,
          pin,
          thread);
    }

    /// The same message, pinned or not.
    public Message withPin(Optional<Pin> now) {
      return new Message(
          seq, at, by, id, body, replyTo, edit, redaction, mentions, reactions, files, program, now,
          thread);
    }

    /// The same message, in a thread if there is a first message.
    public Message inThread(OptionalLong root) {
      return new Message(
          seq, at, by, id, body, replyTo, edit, redaction, mentions, reactions, files, program, pin,
          root);
    }
  }

  /// The program that speaks in a message.
  ///
  /// @param kind `hook` for an incoming webhook; more kinds may follow
  /// @param name that its creator gave it
  /// @param owner the user who is responsible for it
  /// @param call the call of a command that the message answers
  record Program(
      String kind, Optional<String> name, Optional<String> owner, Optional<CommandCall> call) {
    public Program(String kind, Optional<String> name, Optional<String> owner) {
      this(kind, name, owner, Optional.empty());
    }
  }

  /// @param call its id
  /// @param command the name of the command, without the slash
  /// @param by the caller
  record CommandCall(String call, String command, String by) {}

  /// A file of a message.
  ///
  /// @param name as its uploader named it: a text, not a path
  /// @param size in bytes
  /// @param type its media type, as the server recognized it from the content
  /// @param width of a picture, in pixels
  /// @param height of a picture, in pixels
  record File(
      String id, String name, long size, String type, OptionalInt width, OptionalInt height) {}

  /// One emoji on a message.
  ///
  /// @param users who reacted with it, in the order in which they did
  record Reaction(String emoji, List<String> users) {
    public Reaction {
      users = List.copyOf(users);
    }

    private boolean isBy(Predicate<String> some) {
      return users.stream().anyMatch(some);
    }

    private Reaction hiding(Predicate<String> isBlocked) {
      return new Reaction(emoji, users.stream().filter(isBlocked.negate()).toList());
    }
  }

  /// A reaction was added, or removed if `removed` is true.
  record Reacted(
      long seq,
      Instant at,
      String by,
      String id,
      long target,
      String emoji,
      Optional<Boolean> removed)
      implements Amendment {
    @Override
    public Entry hiding(Predicate<String> isBlocked) {
      return isBlocked.test(by) ? new Hidden(seq, at) : this;
    }
  }

  /// A message was pinned, or unpinned if `removed` is true. It is an act for the whole room, so it
  /// is not hidden from members who block the user.
  record Pinned(long seq, Instant at, String by, String id, long target, Optional<Boolean> removed)
      implements Amendment {}

  record LatestEdit(long seq, Instant at, String body) {}

  record Redaction(long seq, Instant at, String by) {}

  /// The time and the author of a pin.
  record Pin(Instant at, String by) {}

  /// `body` is absent if the message was redacted later.
  record Edited(long seq, Instant at, String by, String id, long target, Optional<String> body)
      implements Amendment {
    @Override
    public Entry hiding(Predicate<String> isBlocked) {
      return isBlocked.test(by) ? new Hidden(seq, at) : this;
    }
  }

  /// The reason is hidden with its author, the redaction is not.
  record Redacted(long seq, Instant at, String by, String id, long target, Optional<String> reason)
      implements Amendment {
    @Override
    public Entry hiding(Predicate<String> isBlocked) {
      return reason.isPresent() && isBlocked.test(by)
          ? new Redacted(seq, at, by, id, target, Optional.empty())
          : this;
    }
  }

  record Joined(long seq, Instant at, String by) implements Entry {}

  record Left(long seq, Instant at, String by) implements Entry {}

  record Kicked(long seq, Instant at, String by, String user, Optional<String> reason)
      implements Entry {
    @Override
    public Entry hiding(Predicate<String> isBlocked) {
      return reason.isPresent() && isBlocked.test(by)
          ? new Kicked(seq, at, by, user, Optional.empty())
          : this;
    }
  }

  record Banned(long seq, Instant at, String by, String user, Optional<String> reason)
      implements Entry {
    @Override
    public Entry hiding(Predicate<String> isBlocked) {
      return reason.isPresent() && isBlocked.test(by)
          ? new Banned(seq, at, by, user, Optional.empty())
          : this;
    }
  }

  record Unbanned(long seq, Instant at, String by, String user) implements Entry {}

  record RoleChanged(long seq, Instant at, String by, String user, Role role) implements Entry {}

  /// Contains only the changed settings; `capacity` 0 means that only the node's limit applies.
  record SettingsChanged(
      long seq,
      Instant at,
      String by,
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<Boolean> passcode,
      OptionalInt capacity,
      Optional<RoomRequests.Retention> retention,
      Optional<RoomRequests.Moderation> moderation)
      implements Entry {}

  record Invited(
      long seq, Instant at, String by, String invitation, Instant expires, OptionalInt uses)
      implements Entry {}

  record InvitationRevoked(long seq, Instant at, String by, String invitation) implements Entry {}

  record Deleted(long seq, Instant at, String by) implements Entry {}

  /// The room's retention changed the beginning of the readable log to `first`. No user causes this
  /// entry.
  record Truncated(long seq, Instant at, long first) implements Entry {
    @Override
    public String by() {
      return "";
    }
  }

  /// Stands for a message or an edit by a user whom the reader has blocked; it only occupies its
  /// `seq`.
  record Hidden(long seq, Instant at) implements Entry {
    @Override
    public String by() {
      return "";
    }
  }

  /// An entry of a type that this client does not know: not displayed, but its `seq` counts.
  record Unknown(long seq, Instant at, String by) implements Entry {}
}
