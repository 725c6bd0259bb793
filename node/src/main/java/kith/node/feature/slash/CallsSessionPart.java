package kith.node.feature.slash;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedSet;
import kith.node.core.account.Account;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// Sends a bot the calls of its commands, and a caller the answers that only it sees.
///
/// A session of a bot also reads the open calls when it begins and when its account was restarted,
/// so a call reaches a bot that reconnects in time.
public final class CallsSessionPart implements SessionPart.WithCommands<CallsSessionPart.Command> {

  sealed interface Command extends Session.PartCommand {}

  /// @param calls empty if the database did not answer
  private record Found(Optional<List<CallTable.Call>> calls) implements Command {}

  private record ReadAgain() implements Command {}

  record Factory(CallTable calls, int most, Clock clock) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new CallsSessionPart(host, calls, most, clock);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final SessionHost host;
  private final CallTable calls;
  private final int most;
  private final Clock clock;
  private final SequencedSet<String> sent = new LinkedHashSet<>();
  private final Queue<ServerFrame> unsent = new ArrayDeque<>();

  private CallsSessionPart(SessionHost host, CallTable calls, int most, Clock clock) {
    this.host = host;
    this.calls = calls;
    this.most = most;
    this.clock = clock;
  }

  @Override
  public void begin(Account.Attached attached) {
    // a token that only reads cannot answer
    if (host.isOfBot() && host.mayWrite()) read();
  }

  @Override
  public void accountChanged(Account.Attached attached) {
    begin(attached);
  }

  private void read() {
    host.context()
        .pipeToSelf(
            calls.open(host.user(), clock.instant()),
            (found, fault) -> new Found(fault == null ? Optional.of(found) : Optional.empty()));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Found(var found) ->
          found.ifPresentOrElse(
              all -> all.forEach(it -> called(AccountCalls.called(it))),
              () -> host.timers().startSingleTimer(new ReadAgain(), Intervals.RETRY));
      case ReadAgain _ -> read();
    }
  }

  @Override
  public void fromAccount(Account.PartWord word) {
    switch (word) {
      case AccountCalls.Called call -> called(call);
      case AccountCalls.Answered answer -> {
        if (!host.isOfBot()) send(frame(answer));
      }
      case Account.PartWord ignored -> {}
    }
  }

  private void called(AccountCalls.Called call) {
    if (!host.isOfBot() || !host.mayWrite() || !host.covers(call.room())) return;
    // it was read and sent
    if (!sent.add(call.call())) return;
    if (sent.size() > most) sent.removeFirst();
    send(
        new ServerFrame.Call(
            call.call(),
            call.room(),
            call.command(),
            call.text(),
            call.arguments(),
            call.by(),
            call.at(),
            call.until()));
  }

  private static ServerFrame frame(AccountCalls.Answered answer) {
    boolean isMissing = answer.body().isEmpty();
    return new ServerFrame.Answer(
        answer.call(),
        answer.room(),
        answer.bot(),
        answer.command(),
        answer.body(),
        isMissing ? Optional.of(code(answer).wire()) : Optional.empty(),
        isMissing
            ? Optional.of(
                answer
                    .reason()
                    .orElseGet(() -> "%s did not answer in time.".formatted(answer.bot())))
            : Optional.empty());
  }

  private static Code code(AccountCalls.Answered answer) {
    return answer.reason().isPresent() ? Code.BOT_FAILED : Code.NO_ANSWER;
  }

  private void send(ServerFrame frame) {
    unsent.add(frame);
    // a blocked socket loses the oldest calls, as a closed one would
    if (unsent.size() > most) unsent.remove();
    drained();
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> !unsent.isEmpty(), unsent::remove);
  }
}
