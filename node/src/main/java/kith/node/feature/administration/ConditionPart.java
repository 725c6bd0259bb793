package kith.node.feature.administration;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.account.Account;
import kith.node.core.session.Objection;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// Applies the server's condition to one session: sends its client the announcements, refuses its
/// posts in maintenance, and ends it when its network is banned.
final class ConditionPart implements SessionPart.WithCommands<ConditionPart.Command> {
  sealed interface Command extends Session.PartCommand {}

  record Changed(ServerCondition condition) implements Command {}

  record Factory(ConditionWatch.Copy copy, Clock clock) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ConditionPart(host, copy, clock);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private static final ServerFrame.Notices NONE =
      new ServerFrame.Notices(List.of(), Optional.empty());

  private final SessionHost host;
  private final ConditionWatch.Copy copy;
  private final Clock clock;
  private ServerFrame.Notices sent = NONE;

  private ConditionPart(SessionHost host, ConditionWatch.Copy copy, Clock clock) {
    this.host = host;
    this.copy = copy;
    this.clock = clock;
  }

  @Override
  public void begin(Account.Attached attached) {
    copy.follow(host.context().getSelf());
    // a change in between is sent to followers
    apply(copy.now());
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Changed(var condition) -> apply(condition);
    }
  }

  private void apply(ServerCondition condition) {
    if (condition.bans(host.address(), clock.instant())) host.dismiss(Code.NETWORK_BANNED);
    else drained();
  }

  /// Sends the latest notices, unless the client has them.
  @Override
  public void drained() {
    host.outbound().sendWhile(() -> !latest().equals(sent), this::next);
  }

  private ServerFrame.Notices latest() {
    return copy.now().notices(clock.instant());
  }

  private ServerFrame next() {
    sent = latest();
    return sent;
  }

  @Override
  public Optional<Objection> objectionToPosts() {
    return copy.now()
        .maintenance()
        .map(it ->
            new Objection(
                Code.MAINTENANCE,
                it.sentence(),
                OptionalLong.of(Intervals.MAINTENANCE_RETRY.toMillis())));
  }
}
