package kith.node.platform.config;

import java.time.Duration;

/// The intervals without a setting: retries, timeouts, batching and housekeeping of a node.
///
/// All of them are here, so that it is clear which must be longer than others. An interval that
/// bounds memory, a queue or what users may do is a setting in `cluster.conf` instead.
public final class Intervals {
  private Intervals() {}

  /// The next interval of a retry whose intervals double.
  public static Duration doubled(Duration interval, Duration longest) {
    var twice = interval.multipliedBy(2);
    return twice.compareTo(longest) < 0 ? twice : longest;
  }

  // Retries. A message to an entity is lost when the entity moves to another node at that moment.

  /// The time before an entity or the database is asked again. Short enough that a user hardly
  /// notices a moved entity, long enough that a database that is down gets few queries from each
  /// requester.
  public static final Duration RETRY = Duration.ofSeconds(1);

  /// The same while a client waits: a session attaches to its account, a relay to its room.
  public static final Duration RETRY_FOR_CLIENT = Duration.ofMillis(500);

  /// The time before an account is asked again to persist a change or to send its whole state.
  /// Longer than `RETRY`, because the account may only be slow, and would do the work twice.
  public static final Duration ACCOUNT_RETRY = Duration.ofSeconds(2);

  /// The longest interval between two attempts of an open session to attach to its account. The
  /// first is `RETRY`, then they double: the account may be slow because its database is.
  public static final Duration RAREST_ATTACH = Duration.ofSeconds(8);

  /// The longest interval between two attempts to send a contact intent to another account. The
  /// first is `ACCOUNT_RETRY`, then they double: the other account's node may be down for hours.
  public static final Duration RAREST_CONTACT_RETRY = Duration.ofMinutes(1);

  /// The longest interval between two attempts to send a request to another account, which may have
  /// no room for it for days. Between attempts that are more than a minute apart the sender's
  /// account may sleep.
  public static final Duration RAREST_REQUEST_RETRY = Duration.ofHours(1);

  /// The time before a room that did not answer within `ROOM_ANSWER` is asked again for an open
  /// join or leave. No client waits for it any longer.
  public static final Duration ROOM_RETRY = Duration.ofSeconds(5);

  /// The time before a failed erasure of redacted text is tried again. Not urgent: readers never
  /// receive it.
  public static final Duration ERASURE_RETRY = Duration.ofSeconds(30);

  /// The time that a client is asked to wait when a queue is full. The queues of relays and of
  /// password hashes both have room again within about a second.
  public static final Duration QUEUE_FULL = Duration.ofSeconds(1);

  /// The time between the restarts of an account that failed, growing from the first to the second.
  public static final Duration FIRST_RESTART = Duration.ofMillis(200);

  public static final Duration RAREST_RESTART = Duration.ofSeconds(10);

  // The removal of old entries.

  /// The time between two searches of a node for rooms whose oldest entries are due.
  public static final Duration AGING = Duration.ofSeconds(10);

  /// The time before a room is asked again that a node has asked to remove what is due. Longer than
  /// a room needs for the first step, after which the room sets the time.
  public static final Duration AGING_RETRY = Duration.ofMinutes(10);

  /// The time between two searches for rooms that have not been asked yet with the node's settings.
  public static final Duration AGING_SWEEP = Duration.ofDays(1);

  // Searches.

  /// The first period that a search reads; each later one is four times as long.
  public static final Duration SEARCHED_FIRST = Duration.ofHours(1);

  /// The longest such period. The next one is the rest.
  public static final Duration SEARCHED_LAST = Duration.ofDays(2000);

  /// Bounds of the time for a search. The longest must be well below the timeout of a request.
  public static final Duration SHORTEST_SEARCH = Duration.ofMillis(100);

  public static final Duration LONGEST_SEARCH = Duration.ofSeconds(10);

  // Timeouts of questions inside the cluster.

  /// A room's answer, even if the room moves to another node, which takes about five seconds.
  public static final Duration ROOM_ANSWER = Duration.ofSeconds(10);

  /// An account's answer. Longer than `ROOM_ANSWER`, because accounts ask rooms, and longer than a
  /// full queue of password hashes takes with the default settings.
  public static final Duration ACCOUNT_ANSWER = Duration.ofSeconds(15);

  /// Between two copies of a question that an account may get twice. All copies wait until the end
  /// of `ACCOUNT_ANSWER`.
  public static final Duration ACCOUNT_TRY = Duration.ofSeconds(3);

  /// The answer of an actor or account that asks no other before it answers.
  public static final Duration DIRECT_ANSWER = Duration.ofSeconds(5);

  /// The answers of other nodes. Nodes that do not answer in time are left out.
  public static final Duration NODE_ANSWER = Duration.ofSeconds(1);

  /// A report about the node or the cluster. Parts that are late are left out or count as failed.
  public static final Duration REPORT_ANSWER = Duration.ofSeconds(2);

  /// The rebuild of one projection of one room, which reads the room's whole log.
  public static final Duration ROOM_REBUILD = Duration.ofMinutes(10);

  // Timeouts of clients.

  /// The body of an HTTP request, from its first byte to its last.
  public static final Duration REQUEST_BODY = Duration.ofSeconds(10);

  /// A TLS handshake; and the head of an HTTP request, from its first byte to its last. A client
  /// that is slower holds a connection without a request.
  public static final Duration REQUEST_HEAD = Duration.ofSeconds(10);

  /// A client's answer to a close frame; after that its connection is reset.
  public static final Duration CLOSE_ANSWER = Duration.ofSeconds(5);

  /// A node's answer to an operator's command.
  public static final Duration COMMAND_ANSWER = Duration.ofSeconds(10);

  // For browsers.

  /// A browser's memory of the answer to a preflight request (CORS). An origin that is no longer
  /// listed can still send requests for this long, but not read their answers.
  public static final Duration PREFLIGHT = Duration.ofMinutes(10);

  /// A browser's memory that a host is reached over HTTPS only (HSTS).
  public static final Duration HTTPS_ONLY = Duration.ofDays(365);

  // Start and end of a node. A start has no time limit: a slow machine only makes it longer.

  /// The time before another attempt to start, growing from the first to the second. A database
  /// that was restarted is back within seconds; many nodes that wait for one must not crowd it.
  public static final Duration START_RETRY = Duration.ofSeconds(1);

  public static final Duration RAREST_START_RETRY = Duration.ofSeconds(15);

  /// The time before the log names the step that a start waits for, unless an attempt failed.
  /// Longer than a usual start.
  public static final Duration FIRST_WAITING_REPORT = Duration.ofSeconds(10);

  /// The longest interval between two such reports; the intervals double.
  public static final Duration RAREST_WAITING_REPORT = Duration.ofMinutes(5);

  /// A client's request to a node that does not serve yet, from its connection to its end.
  public static final Duration WAITING_REQUEST = Duration.ofSeconds(5);

  /// The time before a node that does not serve yet accepts connections again, after it could not.
  public static final Duration WAITING_ROOM_PAUSE = Duration.ofMillis(100);

  /// The part of the time of an ending actor system that is reserved for its database connections.
  /// After that they are closed: they may wait for a network that drops all packets.
  public static final Duration LAST_STATEMENTS = Duration.ofSeconds(3);

  /// The part that is reserved for its connections to other nodes. Their messages have been flushed
  /// before; Pekko would wait for them without a limit.
  public static final Duration LAST_STREAMS = Duration.ofSeconds(8);

  /// The end of an actor system; one that takes longer is stuck. Longer than a starved machine
  /// takes.
  public static final Duration END = Duration.ofMinutes(1);

  /// The stop of a node, from the signal to the end of its actor system. The steps of a shutdown
  /// have bounds of their own, about a minute in total.
  public static final Duration STOP = Duration.ofMinutes(2);

  /// The move of the shards of a node that is about to leave. What has not moved then moves at
  /// once. The step of the shutdown in `application.conf` has this and `FAREWELL`.
  public static final Duration SHARDS_LEAVE = Duration.ofSeconds(30);

  /// If none of its shards has moved for this time, none will: a node of an earlier version
  /// coordinates them, or the coordinator is moving itself.
  public static final Duration SHARDS_STUCK = Duration.ofSeconds(5);

  /// The time between two looks at its shards.
  public static final Duration SHARDS_LOOK = Duration.ofMillis(200);

  /// The time between two shards that move to a node which has joined.
  public static final Duration REBALANCE = Duration.ofSeconds(1);

  /// Each step of a shutdown that sends clients away or writes what is still in memory.
  public static final Duration FAREWELL = Duration.ofSeconds(5);

  /// Running HTTP requests, before their connections are closed.
  public static final Duration LAST_REQUESTS = Duration.ofSeconds(3);

  /// The parts of a stopping account, for instance positions that are being written.
  public static final Duration LAST_ACCOUNT_WRITES = Duration.ofSeconds(3);

  /// The projections of a room that has to leave its node. Short: they continue on the next node,
  /// and the room's members wait.
  public static final Duration LAST_ROOM_WRITES = Duration.ofMillis(500);

  /// The clients of a stopping node reconnect at random times, so that the other nodes do not get
  /// all of them at once: within as many of the first interval as there are clients, but at most
  /// within the second. A reconnect takes about the first of one core.
  public static final Duration RECONNECT_OF_ONE = Duration.ofMillis(6);

  public static final Duration RECONNECT_SPREAD = Duration.ofSeconds(3);

  /// The thread of discovery, which may be in a database call.
  public static final Duration DISCOVERY_END = Duration.ofSeconds(10);

  // Cluster. `docs/decisions/003-failover.md` shows how these and Pekko's own depend on each other.

  /// The time between two renewals of a node's row in the database, and between two looks for
  /// killed nodes.
  public static final Duration BEAT = Duration.ofMillis(500);

  /// The same before the node has joined, because people wait for the start.
  public static final Duration BEAT_WHILE_JOINING = Duration.ofMillis(250);

  /// The time before a join begins anew, growing from the first to the second. Beginning anew
  /// discards an answer that is on its way, and Pekko itself repeats a lost message every few
  /// seconds. So the first is longer than a join takes on a starved machine.
  public static final Duration JOIN_RETRY = Duration.ofSeconds(30);

  public static final Duration RAREST_JOIN_RETRY = Duration.ofMinutes(4);

  /// A connection attempt that shows whether another node's port is closed.
  public static final Duration PROBE = Duration.ofMillis(500);

  /// A node tells others that it reaches the database if it did so within this time, and has had no
  /// failure for as long. After a common outage, the other nodes are back by then too.
  public static final Duration STEADY_DATABASE = Duration.ofSeconds(3);

  /// A node is dead if it does not renew its row for this long while the database is available.
  public static final Duration SILENCE = Duration.ofSeconds(10);

  /// The same for a process that lives, as its lock in the database or its open port shows. It may
  /// only be starved, and a node that forms a cluster without it ends it.
  public static final Duration HANG = Duration.ofSeconds(30);

  /// The longest time that counts between two looks at the clock that measures the silence of
  /// others: see `AwakeClock`. Longer than the intervals at which a node that is not starved looks.
  public static final Duration AWAKE = Duration.ofMillis(500);

  /// The longest additional time that a starved node waits before it considers others dead.
  public static final Duration STARVED = Duration.ofSeconds(10);

  /// A node that does not serve yet leaves the lease to one that serves, if that one has renewed
  /// its row within this time.
  public static final Duration LEASE_YIELD = Duration.ofSeconds(3);

  /// After an outage of the database, live nodes renew their rows within this time.
  public static final Duration RETURN = Duration.ofSeconds(4);

  /// Each operation on the connection to the database for a node's row. If the network drops all
  /// packets, one renewal and one connection attempt fail within about the default
  /// `kith.cluster.database-patience`.
  public static final Duration BEAT_CONNECT = Duration.ofSeconds(2);

  /// The time between two attempts to take the lease, within its `lease-operation-timeout`.
  public static final Duration LEASE_RETRY = Duration.ofMillis(200);

  /// A statement of the journal that takes longer no longer delays the next one, which gets a
  /// connection of its own.
  public static final Duration SLOW_JOURNAL_WRITE = Duration.ofMillis(50);

  // A database with a standby.

  /// The time that the known primary is given to answer before its standbys are asked, too.
  public static final Duration PRIMARY_HEAD_START = Duration.ofMillis(500);

  /// The time between two looks at the other servers: the longest time for which a node that
  /// reaches both uses a former primary.
  public static final Duration PRIMARY_WATCH = Duration.ofSeconds(3);

  // The node's own PostgreSQL.

  /// The time between two checks that its process lives, and before its first restart.
  public static final Duration POSTGRES_CHECK = Duration.ofMillis(200);

  /// The longest pause between two restarts; the pauses double.
  public static final Duration RAREST_POSTGRES_RESTART = Duration.ofSeconds(10);

  /// The server lists a connection for a moment after it was closed. A connection that is listed
  /// for longer is another program's.
  public static final Duration POSTGRES_DISCONNECT = Duration.ofSeconds(5);

  /// The time before another attempt to start. Processes of a killed server may keep its shared
  /// memory for a moment.
  public static final Duration POSTGRES_START_RETRY = Duration.ofMillis(500);

  // Batching: longer intervals make messages and writes fewer but later.

  /// The time between two writes of values that may be late: positions, times last seen, privacy
  /// policies, projections that nobody waits for. A crash loses at most about this much of what is
  /// not in the log.
  public static final Duration WRITE = Duration.ofSeconds(1);

  /// The time in which writes of projections of many rooms become one transaction, after `WRITE`.
  public static final Duration GROUP = Duration.ofMillis(100);

  /// The time between two messages with changes that clients show live: inbox, presence, receipts.
  public static final Duration LIVE = Duration.ofMillis(250);

  /// The same for the receipts of a room with too many members to name, whose counts change all the
  /// time.
  public static final Duration LIVE_COUNTS = Duration.ofSeconds(1);

  /// The time between two lists of the users who are typing. Longer than `LIVE`, because users do
  /// not need it sooner.
  public static final Duration LIVE_TYPING = Duration.ofMillis(500);

  /// The time between two reports of the read position of a user who posts. A client that posts
  /// quickly makes its account write the position no more often than this.
  public static final Duration OWN_POSTS = Duration.ofMillis(500);

  // Administration.

  /// A request through the Unix domain socket, from its first byte to the answer.
  public static final Duration ADMIN_REQUEST = Duration.ofSeconds(30);

  /// The time between two reads of the administrators' decisions about the whole server by a node.
  public static final Duration CONDITION_CHECK = Duration.ofSeconds(1);

  /// The longest time that an announcement, or a ban of a network that ends, is in force.
  public static final Duration LONGEST_CONDITION = Duration.ofDays(10 * 366);

  /// The validity of an announcement that has no other.
  public static final Duration ANNOUNCEMENT = Duration.ofDays(7);

  /// The time after which clients retry a post that was refused because of maintenance.
  public static final Duration MAINTENANCE_RETRY = Duration.ofSeconds(15);

  /// The time for which a node uses an identity provider's description before it reads it again.
  public static final Duration PROVIDER_METADATA = Duration.ofHours(1);

  /// The same for the keys with which it signs.
  public static final Duration PROVIDER_KEYS = Duration.ofMinutes(5);

  /// The shortest time between two reads of these keys because a token names another one.
  public static final Duration PROVIDER_KEYS_AGAIN = Duration.ofSeconds(10);

  /// The longest time that a user has for a sign-in with an identity provider.
  public static final Duration SIGN_IN = Duration.ofMinutes(15);

  /// The time added to the interval between two questions if a provider asks for that (RFC 8628,
  /// section 3.5).
  public static final Duration SIGN_IN_SLOWER = Duration.ofSeconds(5);

  /// The shortest time between two questions of the same device to an identity provider.
  public static final Duration PROVIDER_QUESTION = Duration.ofSeconds(30);

  /// The time between two removals of sign-ins that have expired.
  public static final Duration SIGN_INS_TIDYING = Duration.ofMinutes(10);

  /// The time that a user has to enter the code of a second factor.
  public static final Duration LOG_IN_TICKET = Duration.ofMinutes(5);

  /// The time from the start of a node until it encrypts secrets with a new secret of the operator,
  /// and between two looks: nodes that are restarted one after another read them meanwhile.
  public static final Duration SECRETS_REWRAP = Duration.ofHours(1);

  /// The time that a user has to confirm a new second factor with its first code.
  public static final Duration FACTOR_SETUP = Duration.ofMinutes(15);

  /// The validity of a code with which a user sets a new password.
  public static final Duration RESET_CODE = Duration.ofDays(1);

  // Housekeeping.

  /// The time between two renewals of a node's presence subscriptions. They repair lost messages.
  public static final Duration PRESENCE_RENEWAL = Duration.ofSeconds(20);

  /// The lifetime of a presence subscription: it survives two lost renewals.
  public static final Duration PRESENCE_SUBSCRIPTION = PRESENCE_RENEWAL.multipliedBy(3);

  /// The time between two checks for users whose grace period is over.
  public static final Duration PRESENCE_EXPIRY = Duration.ofSeconds(1);

  /// The time between two records of the users who are online, by which their last-seen time is
  /// known after a crash.
  public static final Duration LAST_SEEN_RECORD = Duration.ofMinutes(1);

  /// The time between two reads of the privacy policies behind stored receipts. The account that
  /// changes its policy may have no device in the room.
  public static final Duration RECEIPT_POLICIES = Duration.ofMinutes(1);

  /// A live session of a bot ends within this time after its owner was disabled or deleted.
  public static final Duration BOT_OWNER = Duration.ofSeconds(5);

  /// The last use of a bot's token is stored once in this time.
  public static final Duration TOKEN_USE = Duration.ofHours(1);

  /// The time between two sweeps of an account: ended devices, throttles that are full again.
  public static final Duration ACCOUNT_SWEEP = Duration.ofMinutes(10);

  /// The time from the start of a node to its first erasure of deleted accounts.
  public static final Duration FIRST_ERASURE = Duration.ofMinutes(1);

  /// The time between two erasures of all deleted accounts, for those whose node died before it
  /// erased them.
  public static final Duration ERASURE = Duration.ofHours(1);

  /// The reservation of a name for a room that is not created yet. Longer than `ROOM_ANSWER`.
  public static final Duration NAME_RESERVATION = Duration.ofMinutes(1);

  /// The shortest interval between two checks of certificate files, which happen on connections.
  public static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(5);

  /// The time between two lines of progress for an operator.
  public static final Duration PROGRESS_REPORT = Duration.ofSeconds(1);

  /// The time between two reports of the same reason why a connection of another node was refused.
  /// Anybody who reaches the port can cause them.
  public static final Duration REFUSED_PEER_REPORT = Duration.ofMinutes(1);

  // The cluster's own certificates.

  /// The life of an authority.
  public static final Duration AUTHORITY = Duration.ofDays(3650);

  /// The time before the end of the last authority, when its successor is made.
  public static final Duration AUTHORITY_SUCCESSION = Duration.ofDays(365);

  /// The time between two reads of the authorities by each node.
  public static final Duration AUTHORITY_CHECK = Duration.ofHours(1);

  /// The age at which a new authority is first used. Much longer than `AUTHORITY_CHECK`, so that
  /// all nodes trust it by then.
  public static final Duration AUTHORITY_ADOPTION = Duration.ofDays(1);

  /// The life of a node's certificate.
  public static final Duration NODE_CERTIFICATE = Duration.ofDays(7);

  /// Certificates are valid from this long before they are issued, for nodes with a clock that is
  /// behind.
  public static final Duration CLOCK_SKEW = Duration.ofHours(12);

  // Couriers.

  /// The time before the second attempt of a delivery at most; then the limit doubles.
  public static final Duration FIRST_DELIVERY_RETRY = Duration.ofSeconds(2);

  /// The longest time between two attempts of a delivery, also if the receiver asks for more.
  public static final Duration RAREST_DELIVERY = Duration.ofMinutes(10);

  /// A courier sends one entry after the other for this long, and then stores its position and
  /// checks the rights of the maker again. A crash repeats at most the entries of this time and one
  /// request.
  public static final Duration DELIVERY_RUN = Duration.ofSeconds(1);

  /// The time between two looks of each node for targets that are behind. After the death of a
  /// node, a delivery is late by this time at most.
  public static final Duration COURIER_LOOK = Duration.ofSeconds(5);

  /// A courier without work for this long leaves the memory, at the latest after twice this time.
  public static final Duration COURIER_IDLE = Duration.ofMinutes(1);

  /// A host of receivers that failed several times in a row is left alone for up to this time.
  public static final Duration CIRCUIT_OPEN = Duration.ofSeconds(30);

  /// A target that ended stays in the lists for this long, with the reason.
  public static final Duration ENDED_COURIERS_KEPT = Duration.ofDays(30);

  /// The time between two searches for such targets.
  public static final Duration COURIER_TIDYING = Duration.ofHours(1);

  /// The life of a token for a push service, which accepts at most a day.
  public static final Duration VAPID_TOKEN = Duration.ofHours(12);

  /// The time between two searches of each node for messages without a notification because a node
  /// died.
  public static final Duration PUSH_RECOVERY = Duration.ofMinutes(10);

  /// The longest time between two e-mail digests that an operator may choose.
  public static final Duration RAREST_DIGEST = Duration.ofDays(7);

  /// The validity of a code that confirms an e-mail address.
  public static final Duration EMAIL_CODE = Duration.ofHours(1);

  /// The codes of an account and of an address are counted for this long.
  public static final Duration EMAIL_CODES_COUNTED = Duration.ofDays(1);

  // Files.

  /// The time between two searches of each node for files to remove: nobody can read them any more.
  public static final Duration FILE_CLEANING = Duration.ofMinutes(1);

  /// Content that no file names is kept for this long, because an upload of the same content may
  /// begin. Longer than a transaction lasts.
  public static final Duration FILE_CONTENT_KEPT = Duration.ofMinutes(2);

  /// The shortest `kith.files.upload-lifetime`, much longer than `kith.rooms.post-deadline`: a file
  /// must not be removed while its message is committed.
  public static final Duration SHORTEST_UPLOAD = Duration.ofMinutes(10);

  /// One request with content of a file. A client continues with another one.
  public static final Duration FILE_TRANSFER = Duration.ofHours(1);

  /// A download whose response has not been written by then was given up by its client.
  public static final Duration FILE_TRANSFER_BEGINS = Duration.ofSeconds(30);

  /// The upload of a picture for a profile.
  public static final Duration PROFILE_PICTURE = Duration.ofMinutes(1);

  /// A request that completes a file waits this long for its check, which then goes on. Shorter
  /// than clients wait for an answer.
  public static final Duration SCAN_ANSWER = Duration.ofSeconds(10);

  /// The time after which a client may ask again for the result of a check.
  public static final Duration SCAN_RETRY = Duration.ofSeconds(2);

  /// A command that has ended may leave a process that still has its output open.
  public static final Duration SCAN_OUTPUT = Duration.ofSeconds(5);

  /// The decoding of one picture. A decoder that takes longer is stopped; such a picture was
  /// probably made to overload a server.
  public static final Duration THUMBNAIL = Duration.ofSeconds(20);

  /// The connection to an object store.
  public static final Duration OBJECT_CONNECT = Duration.ofSeconds(3);

  /// An object store that sends nothing for this time has failed; the call is tried again.
  public static final Duration OBJECT_SILENCE = Duration.ofSeconds(10);

  /// One call of an object store with all its attempts.
  public static final Duration OBJECT_CALL = Duration.ofSeconds(25);

  /// One call of an object store that takes a file of the archive. Two of them are within
  /// [#ARCHIVE].
  public static final Duration ARCHIVE_CALL = Duration.ofSeconds(9);

  /// A transaction may wait for a file of the archive for this time.
  public static final Duration ARCHIVE = Duration.ofSeconds(20);

  /// An object that no content names is deleted after this time, much longer than a content needs
  /// to be copied.
  public static final Duration OBJECT_UNNAMED = Duration.ofDays(1);

  /// The time in which a server reads a whole file back, to compare its SHA-256.
  public static final Duration FILE_CHECK = Duration.ofMinutes(10);

  // Notifications.

  /// The time between two notes of one session that its user is active.
  public static final Duration ACTIVITY_NOTED = Duration.ofSeconds(20);

  /// A user who is still active is noted again, and the note is written, in this time.
  public static final Duration ACTIVITY_KNOWN = ACTIVITY_NOTED.plusSeconds(5);

  // Commands of bots.

  /// The time between two looks of each node for calls whose time is over: a caller is notified
  /// this much later.
  public static final Duration CALLS_CHECK = Duration.ofSeconds(2);

  /// A call is known for this long after its time, so that an answer can be repeated.
  public static final Duration CALLS_KEPT = Duration.ofMinutes(10);

  // The keys that sign tokens.

  /// The time between two reads of the keys by each node.
  public static final Duration TOKEN_KEY_CHECK = Duration.ofSeconds(10);

  /// The time between two reads because of tokens whose key is unknown. Anybody can send such
  /// tokens.
  public static final Duration TOKEN_KEY_UNKNOWN = Duration.ofSeconds(1);

  /// The age at which a new key signs. Much longer than `TOKEN_KEY_CHECK`, so that all nodes know
  /// it by then, and long enough to restart nodes one after another with a new secret.
  public static final Duration TOKEN_KEY_ADOPTION = Duration.ofMinutes(10);

  /// The same for a key that replaces keys in wrong hands.
  public static final Duration TOKEN_KEY_DISCARD = Duration.ofMinutes(1);

  /// The shortest `kith.accounts.token-keys.rotate-after`: all keys are kept until the tokens that
  /// they signed have expired.
  public static final Duration SHORTEST_ROTATION = Duration.ofHours(1);

  /// A token may expire this much later than this node's clock allows: the clock of the node that
  /// made it may be ahead.
  public static final Duration TOKEN_CLOCK_SKEW = Duration.ofMinutes(5);

  // Fixed by the protocol; `protocol/README.md` states them.

  /// A user is listed as typing for this long after the last report.
  public static final Duration TYPING_LASTS = Duration.ofSeconds(6);

  /// The previous refresh token gets the same reply again for this long, because the first reply
  /// can be lost.
  public static final Duration REFRESH_REPEATABLE = Duration.ofMinutes(1);

  /// The validity of an invitation is within these two, and within
  /// `kith.rooms.invitation-validity`.
  public static final Duration SHORTEST_INVITATION = Duration.ofMinutes(1);

  public static final Duration LONGEST_INVITATION = Duration.ofDays(365);

  /// The longest time between two messages of one member in slow mode.
  public static final Duration LONGEST_SLOW_MODE = Duration.ofHours(6);

  public static final Duration SHORTEST_MUTE = Duration.ofSeconds(1);

  /// A part of a room that cannot read its rows, for example its mutes, tries again after this
  /// time. Posts may wait for them.
  public static final Duration PART_READ_RETRY = Duration.ofSeconds(1);

  /// A node that cannot look up followed threads tries again after this time.
  public static final Duration THREADS_RETRY = Duration.ofSeconds(1);

  /// A node that cannot look up the open tasks of moderators tries again after this time.
  public static final Duration BACKLOG_RETRY = Duration.ofSeconds(1);

  /// The open tasks of connected moderators are counted again after this time, because some expire
  /// without an event.
  public static final Duration BACKLOG_RECOUNT = Duration.ofHours(1);

  /// A node looks for reminders that became due in this interval.
  public static final Duration REMINDERS_LOOK = Duration.ofSeconds(1);

  /// A node looks again for reminders of the latest time, whose rows it may not have seen yet.
  public static final Duration REMINDERS_OVERLAP = Duration.ofSeconds(10);

  /// A new reminder may lie this far in the past, because clocks of clients differ.
  public static final Duration PAST_REMINDER = Duration.ofDays(1);

  public static final Duration LONGEST_REMINDER = Duration.ofDays(5 * 366);

  /// The validity of an invitation whose creator names none, unless
  /// `kith.rooms.invitation-validity` is shorter.
  public static final Duration USUAL_INVITATION = Duration.ofDays(7);
}
