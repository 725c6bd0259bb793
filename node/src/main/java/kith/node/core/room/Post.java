package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;

/// A member's request to add an event to a room's log. `sender` and `id` together are its identity:
/// the same pair again is a retry of the same post.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Post.Say.class, name = "say"),
  @JsonSubTypes.Type(value = Post.Edit.class, name = "edit"),
  @JsonSubTypes.Type(value = Post.Redact.class, name = "redact"),
})
public sealed interface Post extends CborSerializable {
  String sender();

  String id();

  /// A message.
  ///
  /// @param files of the sender, which belong to this post
  /// @param refusal why it cannot have the files that it names. It is decided by the room like
  ///   every post, because a retry of a committed message must be answered alike.
  /// @param program that speaks instead of a member
  record Say(
      String sender,
      String id,
      String body,
      OptionalLong replyTo,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<Attachment>> files,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Code> refusal,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Program> program)
      implements Post {
    public Say {
      files = files.map(List::copyOf);
    }

    public Say(
        String sender,
        String id,
        String body,
        OptionalLong replyTo,
        Optional<List<Attachment>> files,
        Optional<Code> refusal) {
      this(sender, id, body, replyTo, files, refusal, Optional.empty());
    }

    public Say(String sender, String id, String body, OptionalLong replyTo) {
      this(sender, id, body, replyTo, Optional.empty(), Optional.empty());
    }
  }

  record Edit(String sender, String id, long target, String body) implements Post {}

  record Redact(String sender, String id, long target, Optional<String> reason) implements Post {}

  /// A post of a feature: an amendment of an earlier message, or an entry of its own.
  non-sealed interface PartPost extends Post {
    /// The message that it amends, if any.
    OptionalLong target();

    /// The meaning remembered for the id. Outside the range of sequence numbers, so that it differs
    /// from the meanings of edits and redactions.
    long meaning();

    /// A rough size on the wire between nodes.
    int size();

    /// The reason to refuse it, if there is one. Called only for a member's post; if there is a
    /// target, only when it is a message that is not redacted. Pure.
    Optional<Code> objection(RoomState room, Fact target);

    RoomEvent.PartEvent event(Instant now);
  }

  /// The member whose membership permits this post: its sender, or the owner of the program.
  default String answerable() {
    return this instanceof Say say
        ? say.program().flatMap(Program::owner).orElse(say.sender())
        : sender();
  }

  /// The message that this post refers to, if any.
  default OptionalLong about() {
    return switch (this) {
      case Say say -> say.replyTo();
      case Edit edit -> OptionalLong.of(edit.target());
      case Redact redact -> OptionalLong.of(redact.target());
      case PartPost it -> it.target();
    };
  }

  /// The meaning remembered for the id, so that it cannot be reused for another post.
  default long meant() {
    return switch (this) {
      case Say _ -> 0;
      case Edit edit -> edit.target();
      case Redact redact -> -redact.target();
      case PartPost it -> it.meaning();
    };
  }

  /// A rough size on the wire between nodes.
  default int bytes() {
    return switch (this) {
      case Say say ->
          100
              + 2 * say.body().length()
              + say.files().map(Post::bytes).orElse(0)
              + say.program().map(Program::bytes).orElse(0);
      case Edit edit -> 100 + 2 * edit.body().length();
      case Redact redact -> 100 + 2 * redact.reason().map(String::length).orElse(0);
      case PartPost it -> it.size();
    };
  }

  private static int bytes(List<Attachment> files) {
    var sum = 0;
    for (var file : files) sum += file.bytes();
    return sum;
  }

  /// The room's answer to one post.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Refused.class, name = "refused"),
  })
  sealed interface Verdict extends CborSerializable {}

  /// @param counts the room's counts up to here, if this is a new message
  record Accepted(long seq, Instant at, Optional<Counts> counts) implements Verdict {
    public Accepted(long seq, Instant at) {
      this(seq, at, Optional.empty());
    }
  }

  /// @param retryAfterMillis when the same post may be accepted, if that is known
  record Refused(
      Code code, @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong retryAfterMillis)
      implements Verdict {
    public Refused(Code code) {
      this(code, OptionalLong.empty());
    }

    /// The message for people. It says how long to wait, if that is known.
    public String sentence() {
      if (retryAfterMillis.isEmpty() || (code != Code.SLOW_MODE && code != Code.MUTED))
        return code.sentence();
      var again = "You can write again in " + wait(Duration.ofMillis(retryAfterMillis.getAsLong()));
      return code.sentence() + " " + again + ".";
    }

    private static String wait(Duration left) {
      long seconds = left.plusMillis(999).toSeconds();
      if (seconds <= 120) return seconds == 1 ? "1 second" : seconds + " seconds";
      long minutes = (seconds + 59) / 60;
      if (minutes <= 120) return minutes + " minutes";
      long hours = (minutes + 59) / 60;
      return hours <= 48 ? hours + " hours" : (hours + 23) / 24 + " days";
    }

    /// Until some moment, rounded up, so that the next try is not too early.
    public static Refused until(Instant end, Instant now, Code code) {
      return new Refused(code, OptionalLong.of(Math.max(1, Duration.between(now, end).toMillis())));
    }
  }

  /// The facts needed about a message before it may be amended or answered.
  ///
  /// @param amendments by features, oldest first
  /// @param thread the first message of its thread, if it is a reply
  record Fact(
      String author, boolean redacted, List<RoomEvent.PartEvent> amendments, OptionalLong thread) {
    public Fact {
      amendments = List.copyOf(amendments);
    }

    public Fact(String author, boolean redacted, List<RoomEvent.PartEvent> amendments) {
      this(author, redacted, amendments, OptionalLong.empty());
    }

    public Fact(String author, boolean redacted) {
      this(author, redacted, List.of());
    }

    Fact afterRedaction() {
      return new Fact(author, true, amendments, thread);
    }

    Fact with(RoomEvent.PartEvent amendment) {
      return new Fact(
          author,
          redacted,
          Stream.concat(amendments.stream(), Stream.of(amendment)).toList(),
          thread);
    }
  }
}
