package kith.node;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kith.node.auth.TokenKeyring;
import kith.node.gateway.http.HttpServer;
import kith.node.gateway.http.WaitingRoom;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.ClusterSettings.Remoting;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NotYet;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.Database;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.tls.NodeTls;
import kith.node.platform.tls.Renewed;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node: database, actor system, cluster, HTTP.
///
/// `Main` and the tests start it the same way. A start that fails for a reason that may pass begins
/// again, with growing pauses; so does a node that its cluster has removed, with a new actor system
/// on the same port. Only two things end a node by itself: a failure before it first served that an
/// operator must fix, and old actor systems that do not end.
public final class Node implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  /// Old actor systems that have not ended and are left behind, with their threads and memory.
  private static final int MOST_LEFT_BEHIND = 2;

  /// The reason why a node ended.
  enum End {
    /// it was stopped
    STOPPED,
    /// its old actor systems do not end, so no new one can start; only a new process helps
    STUCK
  }

  private final Waiting waiting = Waiting.reporting();
  private final CompletableFuture<Done> stopping = new CompletableFuture<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();

  // closed at the end in reverse order; guarded by itself
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  private volatile NodeSettings settings;
  private volatile boolean hasServed;
  private volatile @Nullable Database database;
  private volatile @Nullable InetSocketAddress address;
  private Optional<NodeTls> remoting = Optional.empty();
  private @Nullable TokenKeyring keyring;
  private final List<WaitingRoom> rooms = new ArrayList<>();
  private int leftBehind;

  // both guarded by this
  private @Nullable Incarnation life;
  private CompletableFuture<Done> trying = CompletableFuture.completedFuture(Done.getInstance());

  private Node(NodeSettings settings) {
    this.settings = settings;
    owned.push(waiting);
  }

  /// Returns when the node serves; throws a `StartFailure` when an operator must fix something.
  public static Node start(NodeSettings settings) {
    var node = of(settings);
    if (!node.begin()) throw new StartFailure("The node was stopped during its start.");
    return node;
  }

  /// A node that does not do anything yet.
  static Node of(NodeSettings settings) {
    check(settings);
    return new Node(settings);
  }

  /// Returns when the node serves, however long that takes; false if it was stopped before, or is
  /// stuck.
  boolean begin() {
    try {
      return tryUntilServing();
    } catch (Stuck stuck) {
      endStuck(stuck);
      closeAll();
      return false;
    } catch (RuntimeException | Error fault) {
      closeAll();
      throw fault;
    }
  }

  /// Only a new process helps: actor systems that do not end occupy memory, threads and ports that
  /// the next one needs.
  private static final class Stuck extends RuntimeException {
    Stuck(Throwable cause) {
      super(cause);
    }
  }

  private void leaveBehind(Throwable late) {
    if (++leftBehind > MOST_LEFT_BEHIND) throw new Stuck(late);
    log.error("node=left-behind count={} reason=\"{}\"", leftBehind, late.toString());
  }

  private void endStuck(Throwable fault) {
    log.error("node=terminated action=exit", fault);
    ended.complete(End.STUCK);
  }

  /// Checks the settings that can be checked before anything is started.
  private static void check(NodeSettings settings) {
    settings.http().tls().ifPresent(files -> Renewed.of("kith.http.tls", files));
    if (settings.cluster().remoting() instanceof Remoting.PemFiles(var files))
      Renewed.of("kith.cluster.tls", files);
  }

  /// The port clients connect to.
  public int port() {
    return address().getPort();
  }

  /// The port for clients while the node waits; 0 before it is open.
  int waitingPort() {
    return settings.http().port();
  }

  public String url() {
    return Incarnation.url(settings.http(), address());
  }

  private InetSocketAddress address() {
    return Objects.requireNonNull(address);
  }

  /// The place of its data, for display.
  public String data() {
    return Objects.requireNonNull(database).description();
  }

  /// The shell arguments with which another node connects to the same database.
  public String databaseForOthers() {
    return Objects.requireNonNull(database).forOthers();
  }

  /// Done when the node has ended.
  CompletionStage<End> whenEnded() {
    return ended;
  }

  /// False if the node was stopped before it served.
  private boolean tryUntilServing() {
    var done = new CompletableFuture<Done>();
    synchronized (this) {
      if (stopping.isDone()) return false;
      trying = done;
    }
    try {
      var pause = ClusterIntervals.START_RETRY;
      while (!stopping.isDone()) {
        if (tryOnce()) return true;
        if (isStoppedWithin(jittered(pause))) return false;
        pause = Intervals.doubled(pause, ClusterIntervals.RAREST_START_RETRY);
      }
      return false;
    } finally {
      done.complete(Done.getInstance());
    }
  }

  private boolean tryOnce() {
    try {
      return attempt();
    } catch (StartFailure mend) {
      if (leftBehind > 0) throw new Stuck(mend);
      // a node that has served also waits for the operator
      if (!hasServed) throw mend;
      waiting.failed(mend.sentence());
    } catch (Incarnation.DoesNotEnd late) {
      leaveBehind(late);
      waiting.failed("The start failed, and its actor system does not end.");
    } catch (Stuck stuck) {
      throw stuck;
    } catch (NotYet passing) {
      if (!stopping.isDone()) waiting.failed(passing.sentence());
    } catch (DatabaseFailure away) {
      waiting.failed("The database fails (" + away.getMessage() + ").");
    } catch (RuntimeException fault) {
      log.error("start=failed", fault);
      waiting.failed("The start failed because of an error in Kith; the log has the details.");
    }
    return false;
  }

  /// One attempt to serve. False if the node was stopped.
  private boolean attempt() {
    openWaitingRooms();
    var data = connectedDatabase();
    var keys = tokenKeys(data);
    if (stopping.isDone()) return false;
    waiting.does("The node starts its actor system.");
    var next = Incarnation.begin(settings, data, remoting, keys, waiting::does);
    if (!lives(next)) {
      next.stop();
      return false;
    }
    address = addressOf(next);
    settings = settings.onPort(address().getPort());
    log.info("node=serving url={} again={}", url(), hasServed);
    hasServed = true;
    waiting.serves();
    beginAgainWhenOver(next);
    return true;
  }

  private InetSocketAddress addressOf(Incarnation next) {
    var heldPort = !rooms.isEmpty();
    try {
      return next.serve(this::closeWaitingRooms);
    } catch (StartFailure taken) {
      // this node had the port a moment ago; the next attempt shows whether another process has it
      throw heldPort ? new NotYet(taken.sentence(), taken) : taken;
    }
  }

  /// Takes the ports at once, so that a port in use is reported before anything else.
  private void openWaitingRooms() {
    if (!rooms.isEmpty()) return;
    try {
      openAllWaitingRooms(settings.http());
    } catch (StartFailure taken) {
      closeWaitingRooms();
      throw taken;
    }
  }

  private void openAllWaitingRooms(HttpSettings http) {
    http.operators()
        .ifPresent(operators -> {
          try {
            openWaitingRoom(operators.host(), operators.port());
          } catch (IOException taken) {
            throw HttpServer.portTaken(operators, taken);
          }
        });
    // the TLS port opens only when the node serves: many TLS health checks test only whether a
    // connection opens
    if (http.tls().isEmpty()) openForClients(http);
  }

  private void openForClients(HttpSettings http) {
    try {
      settings = settings.onPort(openWaitingRoom(http.host(), http.port()).port());
    } catch (BindException taken) {
      throw Incarnation.bindFailure(http.host(), http.port(), "http", new RuntimeException(taken));
    } catch (IOException fault) {
      throw new StartFailure(
          "The node cannot listen on %s: %s (kith.http.host)."
              .formatted(http.host(), fault.getMessage()),
          fault);
    }
  }

  private WaitingRoom openWaitingRoom(String host, int port) throws IOException {
    var opened = WaitingRoom.open(host, port, waiting::sentence);
    own(opened);
    rooms.add(opened);
    return opened;
  }

  private void closeWaitingRooms() {
    waiting.does("The node opens its ports.");
    for (var open : rooms) {
      open.close();
      synchronized (owned) {
        owned.remove(open);
      }
    }
    rooms.clear();
  }

  private Database connectedDatabase() {
    var known = database;
    if (known != null) {
      if (!known.answers())
        throw new NotYet("The database " + known.url().shown() + " does not answer.");
    } else {
      known = Database.start(settings.database(), waiting::does);
      own(known);
      database = known;
    }
    if (remoting.isEmpty()) {
      remoting = NodeTls.of(settings.cluster().remoting(), known.source());
      remoting.ifPresent(this::own);
    }
    return known;
  }

  private TokenKeyring tokenKeys(Database data) {
    var known = keyring;
    if (known != null) return known;
    var read = TokenKeyring.start(data.source(), data.clusterId(), settings.accounts());
    own(read);
    keyring = read;
    return read;
  }

  /// Closes it at the end, or now if the node has ended meanwhile.
  private void own(AutoCloseable resource) {
    synchronized (owned) {
      if (!ended.isDone()) {
        owned.push(resource);
        return;
      }
    }
    close(resource);
  }

  private void beginAgainWhenOver(Incarnation over) {
    var _ =
        over.whenOver()
            .whenComplete((_, stuck) -> {
              if (!stopping.isDone())
                Thread.ofPlatform()
                    .name("restart")
                    .start(() -> beginAgain(Optional.ofNullable(stuck)));
            });
  }

  private void beginAgain(Optional<Throwable> stuck) {
    log.warn("node=terminated action=restart");
    waiting.does("The cluster removed this node, and it starts again.");
    try {
      stuck.ifPresent(this::leaveBehind);
      var _ = tryUntilServing();
    } catch (RuntimeException | Error fault) {
      endStuck(fault);
    }
  }

  private synchronized boolean lives(Incarnation next) {
    if (stopping.isDone()) return false;
    life = next;
    return true;
  }

  /// Up to a quarter shorter, so that nodes that wait for the same database do not all connect at
  /// once.
  private static Duration jittered(Duration pause) {
    return pause.minusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1));
  }

  private boolean isStoppedWithin(Duration longest) {
    try {
      stopping.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException goOn) {
      return false;
    } catch (Exception interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Stops taking requests, leaves the cluster, and then closes the database. Also ends a start.
  public void stop() {
    CompletableFuture<Done> tries;
    Incarnation last;
    synchronized (this) {
      stopping.complete(Done.getInstance());
      tries = trying;
      last = life;
    }
    waiting.stops();
    if (last != null) last.stop();
    try {
      // an attempt ends at its next step
      tries.get(ClusterIntervals.FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException goOn) {
      log.warn("node=stopping reason=\"the start is still running\"");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    ended.complete(End.STOPPED);
    closeAll();
  }

  private void closeAll() {
    while (true) {
      AutoCloseable resource;
      synchronized (owned) {
        resource = owned.poll();
      }
      if (resource == null) return;
      close(resource);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception fault) {
      // the others must be closed too
      log.error("node=not-closed", fault);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
