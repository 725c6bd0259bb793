package kith.protocol;

/// The limits of a node, sent to each client in `welcome`.
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
/// @param pingMillis how often the node pings an idle socket
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
    long noProgressMillis) {}
