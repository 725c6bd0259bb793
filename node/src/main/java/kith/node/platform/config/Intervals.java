package kith.node.platform.config;

import java.time.Duration;

/// The intervals without a setting: retries, timeouts, batching and housekeeping of a node.
///
/// All of them are here and in [ClusterIntervals], [CourierIntervals], [FileIntervals] and
/// [SignInIntervals], so that it is clear which must be longer than others. An interval that bounds
/// memory, a queue or the actions of users is a setting in `cluster.conf` instead.
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

  /// The time before a node asks a room again to remove the entries that are due. Longer than a
  /// room needs for the first step, after which the room sets the time.
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

  // Batching: longer intervals make messages and writes fewer but later.

  /// The time between two writes of values that may be late: positions, times last seen, privacy
  /// policies, projections without a waiting reader. Of data that is not in the log, a crash loses
  /// at most about the changes of this time.
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

  /// The validity of a code with which a user sets a new password.
  public static final Duration RESET_CODE = Duration.ofDays(1);

  // Housekeeping.

  /// The time between two renewals of a node's presence subscriptions. They repair lost messages.
  public static final Duration PRESENCE_RENEWAL = Duration.ofSeconds(20);

  /// The lifetime of a presence subscription: it survives two lost renewals.
  public static final Duration PRESENCE_SUBSCRIPTION = PRESENCE_RENEWAL.multipliedBy(3);

  /// The time between two checks for users whose grace period has ended.
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

  // Commands of bots.

  /// The time between two searches of each node for calls that have expired: a caller is notified
  /// this much later.
  public static final Duration CALLS_CHECK = Duration.ofSeconds(2);

  /// A call is known for this long after its time, so that an answer can be repeated.
  public static final Duration CALLS_KEPT = Duration.ofMinutes(10);

  // Fixed by the protocol; `protocol/README.md` states them.

  /// A user is listed as typing for this long after the last report.
  public static final Duration TYPING_LASTS = Duration.ofSeconds(6);

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
