package kith.node.core.session;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import kith.node.auth.Tokens.Access;
import kith.node.platform.config.ClusterIntervals;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// All sockets of this node: admits new ones up to the configured number, and closes them when the
/// node stops.
public final class Sessions extends AbstractMatchingBehavior<Sessions.Command> {
  public sealed interface Command {}

  /// @param caller known already if the handshake carried a token
  public record Admit(Optional<Access> caller, InetAddress address, ActorRef<Admission> replyTo)
      implements Command {}

  public sealed interface Admission {}

  public record Admitted(ActorRef<Session.Command> session) implements Admission {}

  public record Full() implements Admission {}

  /// The account has accepted this session.
  record Authenticated(String user, ActorRef<Session.Command> session) implements Command {}

  private record Ended(ActorRef<Session.Command> session) implements Command {}

  /// The node stops: every session sends `goodbye` and ends.
  public record SendAway(ActorRef<Done> replyTo) implements Command {}

  private record OfAccount(RateLimit rate, Set<ActorRef<Session.Command>> sessions) {}

  private final SessionContext services;
  private final PendingSockets pending;
  private final Map<ActorRef<Session.Command>, String> usersBySession = new HashMap<>();
  private final Map<String, OfAccount> accounts = new HashMap<>();
  private Optional<ActorRef<Done>> whenEmpty = Optional.empty();

  public static Behavior<Command> create(SessionContext services) {
    return Behaviors.setup(context -> new Sessions(context, services));
  }

  private Sessions(ActorContext<Command> context, SessionContext services) {
    super(context);
    this.services = services;
    this.pending = new PendingSockets(services.settings());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Admit(var caller, var address, var replyTo) -> onAdmit(caller, address, replyTo);
      case Authenticated(var user, var session) -> onAuthenticated(user, session);
      case Ended(var session) -> onEnded(session);
      case SendAway(var replyTo) -> onSendAway(replyTo);
    };
  }

  private Behavior<Command> onAdmit(
      Optional<Access> caller, InetAddress address, ActorRef<Admission> replyTo) {
    var isFull =
        whenEmpty.isPresent()
            || !pending.hasPlace(caller, address)
            || count() >= services.settings().sockets();
    if (isFull) {
      replyTo.tell(new Full());
      return this;
    }
    var session =
        getContext()
            .spawn(Session.create(services, caller, address, getContext().getSelf()), newName());
    getContext().watchWith(session, new Ended(session));
    services.metrics().socketOpened();
    pending.add(session, caller, address);
    services.socketCount().accept(count());
    replyTo.tell(new Admitted(session));
    return this;
  }

  private int count() {
    return pending.size() + usersBySession.size();
  }

  private static String newName() {
    return "s-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
  }

  private Behavior<Command> onAuthenticated(String user, ActorRef<Session.Command> session) {
    if (!pending.remove(session)) return this;
    usersBySession.put(session, user);
    var settings = services.settings();
    var account =
        accounts.computeIfAbsent(
            user,
            _ ->
                new OfAccount(
                    new RateLimit(
                        settings.accountSendsPerSecond(),
                        settings.accountSendBurst(),
                        services.nanoClock().getAsLong()),
                    new HashSet<>()));
    account.sessions().add(session);
    session.tell(new Session.Shared(account.rate()));
    return this;
  }

  private Behavior<Command> onEnded(ActorRef<Session.Command> session) {
    services.metrics().socketClosed();
    pending.remove(session);
    var user = usersBySession.remove(session);
    var account = user == null ? null : accounts.get(user);
    if (account != null) {
      account.sessions().remove(session);
      if (account.sessions().isEmpty()) accounts.remove(user);
    }
    services.socketCount().accept(count());
    answerIfEmpty();
    return this;
  }

  private Behavior<Command> onSendAway(ActorRef<Done> replyTo) {
    whenEmpty = Optional.of(replyTo);
    var spread = reconnectSpread(count()).toMillis();
    Stream.concat(pending.all().stream(), usersBySession.keySet().stream())
        .forEach(session ->
            session.tell(new Session.GoAway(ThreadLocalRandom.current().nextLong(spread))));
    answerIfEmpty();
    return this;
  }

  /// The interval within which this many clients reconnect: a few clients need not be spread.
  static Duration reconnectSpread(int clients) {
    var spread = ClusterIntervals.RECONNECT_OF_ONE.multipliedBy(Math.max(1, clients));
    return spread.compareTo(ClusterIntervals.RECONNECT_SPREAD) < 0
        ? spread
        : ClusterIntervals.RECONNECT_SPREAD;
  }

  private void answerIfEmpty() {
    if (pending.size() == 0 && usersBySession.isEmpty())
      whenEmpty.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
  }
}
