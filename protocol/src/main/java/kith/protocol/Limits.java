package kith.protocol;

/// The bounds of a node, told to each client in `welcome`.
///
/// @param frameBytes largest frame a client may send
/// @param bodyBytes longest message body, in UTF-8 bytes
/// @param sendsPerSecond sustained rate of sends, edits and redactions on one socket
/// @param sendBurst how many may come at once on one socket before the rate counts
/// @param accountSendsPerSecond the same for all sockets of an account on one node
/// @param accountSendBurst burst of an account on one node
/// @param openRooms rooms one socket may have open
/// @param roomsPerAccount rooms an account may be a member of
/// @param membersPerRoom members a room may have, unless its own capacity is lower
/// @param outboundBytes bytes waiting for one socket before the node reads on from the log instead
/// @param pageEntries most entries in one history page
/// @param pingMillis how often the node pings an idle socket
/// @param silenceMillis a socket that said nothing for so long is closed
/// @param noProgressMillis a socket that took nothing for so long, with something waiting, is
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
