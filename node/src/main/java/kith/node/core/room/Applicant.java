package kith.node.core.room;

import java.util.Optional;

/// A user who asks to join a room, with the credentials that it presents.
///
/// @param owner of a bot
/// @param tokenHash of an invitation
public record Applicant(
    String user,
    Optional<String> owner,
    Optional<String> tokenHash,
    Passcode passcode,
    Approval approval) {

  /// The given passcode, after it was compared with the room's.
  public enum Passcode {
    NONE,
    WRONG,
    RIGHT
  }

  /// The moderators' decision about the user's request to join.
  public enum Approval {
    NONE,
    ACCEPTED
  }

  /// A person who presents nothing.
  public static Applicant of(String user) {
    return new Applicant(user, Optional.empty(), Optional.empty(), Passcode.NONE, Approval.NONE);
  }

  public Applicant accepted() {
    return new Applicant(user, owner, tokenHash, passcode, Approval.ACCEPTED);
  }
}
