package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;

/// Answers about rooms.
public final class RoomAnswers {
  private RoomAnswers() {}

  /// `role` and `lastSeq` are present for members only; `with` is the other user of a conversation.
  public record Room(
      String room,
      String name,
      String topic,
      Visibility visibility,
      boolean passcode,
      OptionalInt capacity,
      Optional<RoomRequests.Retention> retention,
      int members,
      Instant created,
      Optional<Role> role,
      Optional<Long> lastSeq,
      Optional<String> with,
      Optional<WrongPasscodes> wrongPasscodes,
      Optional<RoomRequests.Moderation> moderation) {
    public Room(
        String room,
        String name,
        String topic,
        Visibility visibility,
        boolean passcode,
        OptionalInt capacity,
        Optional<RoomRequests.Retention> retention,
        int members,
        Instant created,
        Optional<Role> role,
        Optional<Long> lastSeq,
        Optional<String> with,
        Optional<WrongPasscodes> wrongPasscodes) {
      this(
          room,
          name,
          topic,
          visibility,
          passcode,
          capacity,
          retention,
          members,
          created,
          role,
          lastSeq,
          with,
          wrongPasscodes,
          Optional.empty());
    }

    /// The name to display.
    public String title() {
      return with.map(user -> "@" + user).orElse(name);
    }
  }

  /// Wrong passcodes that were tried recently, for moderators; `users` are the latest ones.
  public record WrongPasscodes(long count, Instant latest, List<String> users) {
    public WrongPasscodes {
      users = List.copyOf(users);
    }
  }

  /// The entries that a retention would remove from a room now.
  ///
  /// @param retention with the server's defaults and maxima
  /// @param bytes the size of the removed entries
  /// @param first the first entry that would stay
  /// @param oldest the time of that entry; absent if none would stay
  public record RetentionPreview(
      RoomRequests.Retention retention,
      long entries,
      long messages,
      long bytes,
      long first,
      Optional<Instant> oldest) {}

  /// `next` is the `after` of the next page; absent on the last page.
  public record RoomPage(List<Room> rooms, Optional<String> next) {
    public RoomPage {
      rooms = List.copyOf(rooms);
    }
  }

  /// @param botOf the owner of a bot; absent for people
  public record Member(String user, Role role, Instant since, Optional<String> botOf) {
    public Member(String user, Role role, Instant since) {
      this(user, role, since, Optional.empty());
    }
  }

  public record MemberPage(List<Member> members, Optional<String> next) {
    public MemberPage {
      members = List.copyOf(members);
    }
  }

  public record Bans(List<String> users) {
    public Bans {
      users = List.copyOf(users);
    }
  }

  /// The token is returned once, to the creator of the invitation.
  public record Invitation(
      String invitation,
      Optional<String> token,
      String by,
      Instant expires,
      OptionalInt usesLeft) {}

  public record Invitations(List<Invitation> invitations) {
    public Invitations {
      invitations = List.copyOf(invitations);
    }
  }

  /// The data of a room that an invitation shows before joining.
  public record InvitationPreview(String room, String name, String topic, int members) {}

  public record EntryPage(String room, List<Entry> entries, boolean more) {
    public EntryPage {
      entries = List.copyOf(entries);
    }
  }

  /// The versions of a message, oldest first.
  public record Versions(String room, long seq, List<Version> versions) {
    public Versions {
      versions = List.copyOf(versions);
    }
  }

  public record Version(long seq, Instant at, String body) {}
}
