package kith.protocol.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.Visibility;

/// Requests about rooms.
public final class RoomRequests {
  private RoomRequests() {}

  /// @param id chosen by the client, so that it can repeat the request and get the same room
  public record CreateRoom(
      String name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcode,
      OptionalInt capacity,
      Optional<Retention> retention,
      Optional<String> id) {
    public CreateRoom withoutId() {
      return with(Optional.empty());
    }

    public CreateRoom withId(String chosen) {
      return with(Optional.of(chosen));
    }

    private CreateRoom with(Optional<String> other) {
      return new CreateRoom(name, topic, visibility, passcode, capacity, retention, other);
    }
  }

  /// The amount of its log that a room keeps. An absent part means the server's default.
  ///
  /// @param bytes the size of the stored entries
  public record Retention(
      OptionalLong entries,
      OptionalLong days,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalLong bytes) {
    public static final Retention NONE = new Retention(OptionalLong.empty(), OptionalLong.empty());

    public Retention(OptionalLong entries, OptionalLong days) {
      this(entries, days, OptionalLong.empty());
    }
  }

  /// Absent means unchanged; an empty passcode removes the passcode, capacity 0 the room's limit.
  public record ChangeRoom(
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcode,
      OptionalInt capacity,
      Optional<Retention> retention,
      Optional<Moderation> moderation) {
    public ChangeRoom(
        Optional<String> name,
        Optional<String> topic,
        Optional<Visibility> visibility,
        Optional<String> passcode,
        OptionalInt capacity,
        Optional<Retention> retention) {
      this(name, topic, visibility, passcode, capacity, retention, Optional.empty());
    }
  }

  /// The rules for writing in a room and for joining it. An absent part means unchanged in a
  /// change, otherwise off.
  ///
  /// @param slowModeSeconds the time between two messages of one member; 0 if there is no limit
  /// @param readOnly only moderators and owners write messages
  /// @param approval moderators approve who joins a public room without a passcode
  /// @param archived nobody joins or changes anything; set by administrators of the server
  public record Moderation(
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt slowModeSeconds,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> readOnly,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> approval,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> archived) {
    public static final Moderation NONE = new Moderation(OptionalInt.empty(), Optional.empty());

    public Moderation(OptionalInt slowModeSeconds, Optional<Boolean> readOnly) {
      this(slowModeSeconds, readOnly, Optional.empty());
    }

    public Moderation(
        OptionalInt slowModeSeconds, Optional<Boolean> readOnly, Optional<Boolean> approval) {
      this(slowModeSeconds, readOnly, approval, Optional.empty());
    }

    /// A change that archives a room, or opens it again.
    public static Moderation archiving(boolean is) {
      return new Moderation(
          OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.of(is));
    }

    public int slowMode() {
      return slowModeSeconds.orElse(0);
    }

    public boolean restrictsWriting() {
      return readOnly.orElse(false);
    }

    public boolean asksForApproval() {
      return approval.orElse(false);
    }

    public Moderation archived(boolean is) {
      return new Moderation(
          slowModeSeconds, readOnly, approval, is ? Optional.of(true) : Optional.empty());
    }

    public boolean forbidsChanges() {
      return archived.orElse(false);
    }

    /// These settings after a change, without the parts that are off.
    public Moderation after(Moderation change) {
      var seconds = change.slowModeSeconds.isPresent() ? change.slowModeSeconds : slowModeSeconds;
      return new Moderation(
          seconds.orElse(0) == 0 ? OptionalInt.empty() : seconds,
          change.readOnly.or(() -> readOnly).filter(it -> it),
          change.approval.or(() -> approval).filter(it -> it),
          change.archived.or(() -> archived).filter(it -> it));
    }
  }

  public record JoinRoom(Optional<String> passcode, Optional<String> invitation) {}

  public record ChangeRole(Role role) {}

  public record Ban(Optional<String> reason) {}

  public record Kick(Optional<String> reason) {}

  /// @param validMillis the validity of the invitation; a week if absent
  /// @param uses the number of joins that it allows; unlimited if absent
  /// @param id chosen by the client, so that it can repeat the request and get the same invitation
  public record Invite(OptionalLong validMillis, OptionalInt uses, Optional<String> id) {
    public Invite withoutId() {
      return new Invite(validMillis, uses, Optional.empty());
    }

    public Invite withId(String chosen) {
      return new Invite(validMillis, uses, Optional.of(chosen));
    }
  }

  /// Looks at the room of an invitation or accepts it. The token is not in the path, because
  /// servers and proxies log paths.
  public record UseInvitation(String token) {}
}
