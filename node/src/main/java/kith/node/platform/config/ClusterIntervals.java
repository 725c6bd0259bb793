package kith.node.platform.config;

import java.time.Duration;

/// The intervals of nodes, of their cluster and of their database. See [Intervals].
public final class ClusterIntervals {
  private ClusterIntervals() {}

  // Start and end of a node. A start has no time limit: a slow machine only makes it longer.

  /// The time before another attempt to start, growing from the first to the second. A database
  /// that was restarted is back within seconds; many nodes that wait for one must not overload it.
  public static final Duration START_RETRY = Duration.ofSeconds(1);

  public static final Duration RAREST_START_RETRY = Duration.ofSeconds(15);

  /// The time before the log names the step that a start waits for, unless an attempt failed.
  /// Longer than a usual start.
  public static final Duration FIRST_WAITING_REPORT = Duration.ofSeconds(10);

  /// The longest interval between two such reports; the intervals double.
  public static final Duration RAREST_WAITING_REPORT = Duration.ofMinutes(5);

  /// A client's request to a node that does not serve yet, from its connection to its end.
  public static final Duration WAITING_REQUEST = Duration.ofSeconds(5);

  /// The time before a node that does not serve yet accepts connections again, after it failed to
  /// accept one.
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

  /// The move of the shards of a node that is about to leave. The other shards then move at once.
  /// The step of the shutdown in `application.conf` has this and `FAREWELL`.
  public static final Duration SHARDS_LEAVE = Duration.ofSeconds(30);

  /// If none of its shards has moved for this time, none will: a node of an earlier version
  /// coordinates them, or the coordinator is moving itself.
  public static final Duration SHARDS_STUCK = Duration.ofSeconds(5);

  /// The time between two checks of its shards.
  public static final Duration SHARDS_LOOK = Duration.ofMillis(200);

  /// The time between two shards that move to a node which has joined.
  public static final Duration REBALANCE = Duration.ofSeconds(1);

  /// Each step of a shutdown that closes connections of clients or writes data from memory.
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

  /// The time between two renewals of a node's row in the database, and between two searches for
  /// killed nodes.
  public static final Duration BEAT = Duration.ofMillis(500);

  /// The same before the node has joined, because people wait for the start.
  public static final Duration BEAT_WHILE_JOINING = Duration.ofMillis(250);

  /// The time before a join is restarted, growing from the first to the second. A restart discards
  /// an answer that is on its way, and Pekko itself repeats a lost message every few seconds. So
  /// the first is longer than a join takes on a starved machine.
  public static final Duration JOIN_RETRY = Duration.ofSeconds(30);

  public static final Duration RAREST_JOIN_RETRY = Duration.ofMinutes(4);

  /// A connection attempt that shows whether another node's port is closed.
  public static final Duration PROBE = Duration.ofMillis(500);

  /// A node reports that it reaches the database if it did so within this time and had no failure
  /// for as long. After a common outage, the other nodes are back by then too.
  public static final Duration STEADY_DATABASE = Duration.ofSeconds(3);

  /// A node is dead if it does not renew its row for this long while the database is available.
  public static final Duration SILENCE = Duration.ofSeconds(10);

  /// The same for a process that is alive, as its lock in the database or its open port shows. It
  /// may only be starved, and a node that forms a cluster without it ends it.
  public static final Duration HANG = Duration.ofSeconds(30);

  /// The longest time that counts between two readings of the clock that measures the silence of
  /// others: see `AwakeClock`. Longer than the intervals between the readings of a node that is not
  /// starved.
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

  /// The time between two checks of the other servers: the longest time for which a node that
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

  /// The longest wait until nothing writes any more into the cluster that a killed process was
  /// creating.
  public static final Duration UNFINISHED_CLUSTER = Duration.ofSeconds(30);

  /// The time before another attempt to start. Processes of a killed server may keep its shared
  /// memory for a moment.
  public static final Duration POSTGRES_START_RETRY = Duration.ofMillis(500);

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
}
