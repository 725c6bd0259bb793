package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Limits;
import kith.protocol.ServerRole;
import kith.protocol.Visibility;

/// Requests and answers of the administration of a server.
public final class Administration {
  private Administration() {}

  /// An account in a list.
  ///
  /// @param lastUsed the day, in UTC, on which one of its devices was last given tokens; absent if
  ///   no device has been logged in since this is recorded
  public record ListedAccount(
      String user,
      Optional<String> displayName,
      Optional<String> email,
      ServerRole role,
      boolean disabled,
      Instant created,
      Optional<String> lastUsed,
      int devices) {}

  public record AccountPage(List<ListedAccount> accounts, Optional<String> next) {
    public AccountPage {
      accounts = List.copyOf(accounts);
    }
  }

  /// An account in detail.
  ///
  /// @param rooms the number of its rooms, without conversations that it hides
  /// @param resetExpires until when the code for a new password is valid, if there is one
  public record AccountDetails(
      String user,
      Optional<String> displayName,
      Optional<String> email,
      ServerRole role,
      boolean disabled,
      Instant created,
      int rooms,
      Optional<Instant> resetExpires,
      List<Accounts.Device> devices) {
    public AccountDetails {
      devices = List.copyOf(devices);
    }
  }

  public record ChangeServerRole(ServerRole role) {}

  /// @param quotaBytes at least 0
  public record ChangeFileQuota(long quotaBytes) {}

  /// An invitation to sign up.
  ///
  /// @param invitation its id
  /// @param usesLeft the number of accounts that can still sign up with it
  /// @param accounts the number of those that signed up with it
  public record ListedInvitation(String invitation, Instant expires, int usesLeft, int accounts) {}

  /// The invitations that are valid, in order of id.
  public record InvitationPage(List<ListedInvitation> invitations, Optional<String> next) {
    public InvitationPage {
      invitations = List.copyOf(invitations);
    }
  }

  /// @param uses the number of accounts that can sign up with it
  public record CreateInvitation(int uses, long validMillis) {}

  /// @param token shown once
  public record MadeInvitation(String invitation, String token, Instant expires, int uses) {}

  /// @param messages whether the account's messages are redacted, too; absent means no
  public record EraseAccount(Optional<Boolean> messages) {}

  /// @param code contained only in this answer
  public record PasswordReset(String user, String code, Instant expires) {}

  /// Asks for one page of accounts to be listed again from their journals.
  ///
  /// @param after the `next` of the page before
  public record RebuildAccounts(Optional<String> after) {}

  /// @param accounts the journals that were read
  /// @param next absent after the last page
  public record RebuiltAccounts(int accounts, Optional<String> next) {}

  /// An entry of the audit log.
  ///
  /// @param by the user who acted; absent for a client that was not logged in
  /// @param account the account concerned
  public record AuditRecord(
      long number,
      Instant at,
      String act,
      Optional<String> by,
      Optional<String> account,
      Optional<String> room,
      Optional<String> address,
      Optional<String> detail) {}

  /// The newest entries first.
  ///
  /// @param next the `before` of the next page, which may have further entries
  public record AuditPage(List<AuditRecord> entries, OptionalLong next) {
    public AuditPage {
      entries = List.copyOf(entries);
    }
  }

  /// A room in the list for administrators. Conversations are not listed.
  ///
  /// @param owners in order of name, at most 20
  /// @param orphaned true if no owner's account can be used
  /// @param entries the number of all its entries, including those that are no longer kept
  /// @param fileBytes the size of its files
  public record ListedRoom(
      String room,
      String name,
      Visibility visibility,
      Instant created,
      int members,
      List<String> owners,
      boolean orphaned,
      long entries,
      long fileBytes,
      Optional<Boolean> archived) {
    public ListedRoom {
      owners = List.copyOf(owners);
    }
  }

  public record AllRooms(List<ListedRoom> rooms, Optional<String> next) {
    public AllRooms {
      rooms = List.copyOf(rooms);
    }
  }

  /// @param user a member of the room
  public record AppointOwner(String user) {}

  /// @param on whether nothing can be changed at present
  /// @param message the sentence for users; absent for the default one
  public record Maintenance(
      boolean on, Optional<Instant> since, Optional<String> by, Optional<String> message) {}

  /// @param message the sentence for users; absent for the default one
  public record ChangeMaintenance(boolean on, Optional<String> message) {}

  /// A network whose clients are refused.
  ///
  /// @param network such as 203.0.113.0/24
  /// @param until absent if the ban has no end
  public record NetworkBan(
      String network,
      Instant created,
      String by,
      Optional<Instant> until,
      Optional<String> reason) {}

  /// @param network 203.0.113.0/24, or a single address
  public record BanNetwork(String network, Optional<Instant> until, Optional<String> reason) {}

  /// In order of network.
  ///
  /// @param next the `after` of the next page
  public record NetworkBanPage(List<NetworkBan> bans, Optional<String> next) {
    public NetworkBanPage {
      bans = List.copyOf(bans);
    }
  }

  public record TryFilter(String text) {}

  /// The verdict of the filter on a text.
  ///
  /// @param found the first word or link that is not accepted
  /// @param dryRun messages with it are counted, and not refused
  public record FilterAnswer(boolean accepted, Optional<String> found, boolean dryRun) {}

  /// The limits that clients receive in `welcome`.
  public record ServerLimits(Limits limits) {}

  /// @param until absent for a week from now
  public record Announce(String text, Optional<Instant> until) {}

  public record MadeAnnouncement(long number, Instant at, Instant until, String text, String by) {}

  /// The newest first.
  ///
  /// @param next the `before` of the next page
  public record Announcements(List<MadeAnnouncement> announcements, OptionalLong next) {
    public Announcements {
      announcements = List.copyOf(announcements);
    }
  }

  /// @param next the first number that is not checked yet
  /// @param hash the hash of the row before it
  /// @param whole true if it is the end of the log
  /// @param fault the first row that is wrong, as a sentence
  public record AuditCheck(long next, String hash, boolean whole, Optional<String> fault) {}
}
