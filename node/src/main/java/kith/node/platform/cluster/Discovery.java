package kith.node.platform.cluster;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.ClusterSettings;
import kith.node.platform.config.StartFailure;
import kith.node.platform.config.Times;
import kith.node.platform.database.Database;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.database.JdbcUrl;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Nodes with the same database find each other through it. Brings this node into their cluster, or
/// forms a cluster if there is none, and keeps this node's row current for later nodes.
///
/// It is also the node's heartbeat. When the other nodes have declared this node dead, or when it
/// has lost the database and another node may reach it, its actor system ends.
public final class Discovery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  private final ClusterSettings settings;
  private final Membership membership;
  private final NodeTable table;
  private final DatabaseReach reach;
  private final IntSupplier sockets;
  private final Consumer<String> does;
  private final Database database;
  private final Sightings sightings = new Sightings();
  private final AwakeClock awake = new AwakeClock(System::nanoTime);
  private final JoinAttempts joins = new JoinAttempts();
  private final CompletableFuture<Done> joined = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile String http = "";
  private Set<Long> known = Set.of();
  private volatile long reachedDatabaseAt = System.nanoTime();
  private volatile long lostDatabaseAt = System.nanoTime();
  private boolean hasLostDatabase;
  private boolean hasRegainedDatabase;
  private boolean hasFormed;

  private Discovery(
      ActorSystem<?> system,
      ClusterSettings settings,
      Database database,
      String version,
      IntSupplier sockets,
      Consumer<String> does) {
    this.settings = settings;
    this.membership = Membership.of(system);
    this.sockets = sockets;
    this.does = does;
    this.database = database;
    var remoting = settings.remoting().label();
    var self =
        new NodeTable.Self(membership.address(), membership.incarnation(), version, remoting);
    this.table = new NodeTable(database.url(), self);
    this.reach = DatabaseReach.start(system, this::reachesDatabase);
    DownedMembers.start(system, membership);
    this.thread = Thread.ofPlatform().daemon().name("discovery").unstarted(this::run);
  }

  /// @param sockets the number of this node's clients, shown in cluster reports
  /// @param does receives each step of the join
  public static Discovery start(
      ActorSystem<?> system,
      ClusterSettings settings,
      Database database,
      String version,
      IntSupplier sockets,
      Consumer<String> does) {
    var discovery = new Discovery(system, settings, database, version, sockets, does);
    discovery.thread.start();
    return discovery;
  }

  /// Fails if a live member protects its connections to other nodes in another way: this node could
  /// not join it. To be called before the actor system starts.
  public static void checkRemoting(ClusterSettings settings, JdbcUrl url) {
    var own = settings.remoting().label();
    try (var table = new NodeTable(url, new NodeTable.Self("", 0, "", own))) {
      for (var peer : table.peers())
        if (peer.isConnected() && peer.isMember() && !peer.remoting().equals(own))
          throw new StartFailure(
              "The node %s has the setting %s for connections between nodes, and this node has %s; set kith.cluster.tls alike on all nodes, and stop all of them before you change it."
                  .formatted(peer.address(), peer.remoting(), own));
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }

  /// Done when this node is a full member.
  public CompletionStage<Done> joined() {
    return joined;
  }

  /// Sets the URL of this node for clients, which other nodes read from its row.
  public void serves(String url) {
    http = url;
  }

  private void run() {
    try (table) {
      var pause = Duration.ZERO;
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS) && beat())
        pause = joined.isDone() ? ClusterIntervals.BEAT : ClusterIntervals.BEAT_WHILE_JOINING;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      joined.cancel(false);
    }
  }

  /// False when no further beat follows.
  private boolean beat() {
    try {
      if (membership.isUp()) joined.complete(Done.getInstance());
      var said = new NodeTable.Said(joined.isDone(), http, sockets.getAsInt());
      var answer = table.beat(said);
      reachedDatabase();
      return switch (answer) {
        case RENEWED -> {
          if (joined.isDone()) {
            forgetWhoIsGone();
            removeTheDead();
          } else comeIn();
          yield true;
        }
        case ADDRESS_TAKEN -> {
          // usually this node's own earlier process, whose connection the database still holds
          does.accept(
              "The node waits for its address %s, which another live node has (kith.cluster.port)."
                  .formatted(membership.address()));
          yield true;
        }
        case DECLARED_DEAD -> {
          beDead();
          yield false;
        }
      };
    } catch (SQLException fault) {
      return bear(fault);
    }
  }

  /// Ends unanswered statements at the second renewal after an outage. By then the database has
  /// answered the statements that it received.
  private void reachedDatabase() {
    var now = System.nanoTime();
    if (hasRegainedDatabase) database.abortUnanswered(reachedDatabaseAt);
    hasRegainedDatabase = hasLostDatabase;
    hasLostDatabase = false;
    reachedDatabaseAt = now;
  }

  private void comeIn() throws SQLException {
    // read at every beat, so that it measures how long this node was paused
    var now = awake.getAsLong();
    if (hasFormed) return;
    if (!settings.seedNodes().isEmpty()) {
      ask(settings.seedNodes());
      return;
    }
    switch (sightings.decide(table.peers(), Discovery::refuses, now)) {
      case Sightings.Join(var addresses) -> ask(addresses);
      case Sightings.Form(var dead) -> {
        if (table.claim(dead)) form(dead.size());
      }
    }
  }

  /// Deletes the rows of nodes that were removed from the cluster. A removed node that wakes up
  /// must not find its row: it would consider the others dead.
  private void forgetWhoIsGone() throws SQLException {
    if (membership.isEnding()) return;
    var members = membership.incarnations();
    for (var before : known) if (!members.contains(before)) table.forget(before);
    known = members;
  }

  /// The end of a killed process is found without a failure detector: the database has lost its
  /// connection, and its port refuses connections. All other silent nodes are left to Pekko, which
  /// waits longer.
  private void removeTheDead() throws SQLException {
    if (membership.isEnding()) return;
    var observed = membership.observed();
    for (var peer : table.peers()) {
      if (!observed.contains(peer.incarnation()) || peer.isConnected()) continue;
      if (!refuses(peer) || !table.declareDead(peer.id())) continue;
      log.warn("discovery=dead-member address={} action=remove", peer.address());
      membership.remove(peer.incarnation());
    }
  }

  private void beDead() {
    if (membership.isEnding()) return;
    log.error("discovery=declared-dead action=restart");
    membership.end();
  }

  private void form(int dead) {
    log.info("discovery=forming-cluster address={} dead={}", membership.address(), dead);
    does.accept("The node forms a cluster.");
    hasFormed = true;
    membership.form();
  }

  private void ask(List<String> addresses) {
    if (!joins.isDue(addresses, System.nanoTime())) return;
    log.info("discovery=joining nodes={}", addresses);
    does.accept("The node joins the cluster of %s.".formatted(String.join(", ", addresses)));
    membership.join(addresses);
  }

  private static boolean refuses(Peer peer) {
    var colon = peer.address().lastIndexOf(':');
    var host = peer.address().substring(0, colon);
    var port = Integer.parseInt(peer.address().substring(colon + 1));
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) ClusterIntervals.PROBE.toMillis());
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (IOException unclear) {
      return false;
    }
  }

  /// A node that cannot reach the database serves no clients. If another node can, or may, this one
  /// leaves at once: rooms that cannot write need no orderly handover, and clients that stay would
  /// wait. If no node can, none could take over the rooms, and it waits.
  private boolean bear(SQLException fault) {
    lostDatabaseAt = System.nanoTime();
    hasLostDatabase = true;
    var outage = Duration.ofNanos(lostDatabaseAt - reachedDatabaseAt);
    log.warn(
        "discovery=no-database since=\"{}\" state={}", Times.text(outage), fault.getSQLState());
    if (!joined.isDone())
      does.accept("The node joins its cluster, but cannot reach the database at the moment.");
    if (outage.compareTo(settings.databasePatience()) < 0 || !mayBeReachedElsewhere()) return true;
    if (membership.isEnding()) return false;
    log.error("discovery=no-database action=restart");
    membership.end();
    // requests without an answer would delay the end of this incarnation
    database.abortConnections();
    return false;
  }

  /// A member that this node cannot ask may be with the database on the other side of a partition.
  private boolean mayBeReachedElsewhere() {
    return membership.hasUnreachable() || reach.isElsewhere();
  }

  /// After a common outage, the first node that reaches the database again must not make the others
  /// leave. So it must have reached the database for a while before it reports that.
  private boolean reachesDatabase() {
    var now = System.nanoTime();
    return now - reachedDatabaseAt < ClusterIntervals.STEADY_DATABASE.toNanos()
        && now - lostDatabaseAt > ClusterIntervals.STEADY_DATABASE.toNanos();
  }

  /// Deletes this node's row; it has left its cluster before.
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(ClusterIntervals.DISCOVERY_END);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
