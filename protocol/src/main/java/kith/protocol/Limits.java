package kith.protocol;

import java.util.Optional;
import java.util.OptionalInt;

/// The limits of a node, sent to each client in `welcome`. A node that leaves out a group has the
/// limits that `protocol/README.md` shows as defaults.
///
/// @param frameBytes maximum size of a client's frame
/// @param bodyBytes maximum size of a message body, in UTF-8 bytes
/// @param sendsPerSecond sustained rate of sends, edits and redactions on one socket
/// @param sendBurst sends accepted at once on one socket before the rate applies
/// @param accountSendsPerSecond sustained rate of all sockets of an account on one node
/// @param accountSendBurst burst of an account on one node
/// @param openRooms rooms one socket may have open
/// @param roomsPerAccount rooms an account may be a member of
/// @param membersPerRoom members a room may have, unless its own capacity is lower
/// @param outboundBytes bytes waiting for one socket before the node reads on from the log instead
/// @param pageEntries maximum number of entries in one history page
/// @param pingMillis the interval between pings on an idle socket
/// @param silenceMillis a socket from which nothing arrives for this long is closed
/// @param noProgressMillis a socket that accepts no data for this long while data is waiting is
///   closed
public record Limits(
    int frameBytes,
    int bodyBytes,
    int sendsPerSecond,
    int sendBurst,
    int accountSendsPerSecond,
    int accountSendBurst,
    int openRooms,
    int roomsPerAccount,
    int membersPerRoom,
    int outboundBytes,
    int pageEntries,
    long pingMillis,
    long silenceMillis,
    long noProgressMillis,
    Optional<OfAccount> account,
    Optional<OfRoom> room,
    Optional<OfMessage> message,
    Optional<OfSocket> socket,
    Optional<Lengths> lengths,
    Optional<OfRest> rest,
    Optional<OfFiles> files) {
  private static final int USUALLY_WATCHED = 200;

  /// The users that one `watch` may name.
  public int mostWatched() {
    return socket.map(OfSocket::watchedUsers).orElse(USUALLY_WATCHED);
  }

  /// Limits of one account.
  ///
  /// @param contacts contacts and own requests
  /// @param conversations direct conversations
  /// @param blocked users that it may block
  /// @param devices devices on which it may be logged in
  /// @param sockets open sockets, over all devices
  /// @param requests unanswered requests to begin a conversation
  /// @param reminders reminders, with those that are due
  public record OfAccount(
      int contacts,
      int conversations,
      int blocked,
      int devices,
      int sockets,
      OptionalInt requests,
      OptionalInt reminders) {}

  /// Limits of one room.
  ///
  /// @param bans banned users
  /// @param invitations open invitations
  /// @param invitationMillis the longest validity of an invitation
  /// @param namedReceipts a room with more members has counts instead of named receipts
  public record OfRoom(int bans, int invitations, long invitationMillis, int namedReceipts) {}

  /// Limits of one message.
  ///
  /// @param mentions users mentioned in it; names above this number are not mentioned
  /// @param emoji different emoji with which users react to it
  /// @param reactionChanges reactions ever added to it or removed from it
  public record OfMessage(int mentions, int emoji, int reactionChanges) {}

  /// REST requests that one node accepts: at once, and a second over time.
  ///
  /// @param perSecond of one account
  /// @param burst of one account
  /// @param addressPerSecond from one client address
  /// @param addressBurst from one client address
  public record OfRest(int perSecond, int burst, int addressPerSecond, int addressBurst) {}

  /// Limits of files. A server without this group has no files.
  ///
  /// @param bytes size of one file
  /// @param perMessage files of one message
  /// @param partBytes size of one request with a part of a file
  /// @param accountBytes size of all files of one account
  /// @param roomBytes size of all files of one room
  /// @param uploads files of one account that no message names
  /// @param uploadMillis after this time, a file that no message names is removed
  /// @param transfers requests of one account at a time that carry content of files
  public record OfFiles(
      long bytes,
      int perMessage,
      int partBytes,
      long accountBytes,
      long roomBytes,
      int uploads,
      long uploadMillis,
      int transfers) {}

  /// Limits of one socket.
  ///
  /// @param watchedUsers users in one `watch`
  /// @param receiptMessages messages in one `receipts`
  /// @param pageBytes bytes of entries in one page of history
  public record OfSocket(int watchedUsers, int receiptMessages, int pageBytes) {}
}
