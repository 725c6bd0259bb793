package kith.node.feature.reminders;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.core.account.Account;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;

/// Sends a client the due reminders of its account: those when it connects, and each one that
/// becomes due or is not due any more. While the socket is full, only the latest state is kept.
final class RemindersSessionPart implements SessionPart.WithCommands<RemindersSessionPart.Command> {
  sealed interface Command extends Session.PartCommand {}

  private record Changed(ReminderNews.Due due) implements Command {}

  record Factory(ActorRef<ReminderNews.Command> news) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new RemindersSessionPart(host, news);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final SessionHost host;
  private final ActorRef<ReminderNews.Command> news;

  /// The due reminders and those that the client has been sent, by id. An account has a limited
  /// number.
  private Map<String, Reminder> due = Map.of();

  private final Map<String, Reminder> sent = new LinkedHashMap<>();

  private RemindersSessionPart(SessionHost host, ActorRef<ReminderNews.Command> news) {
    this.host = host;
    this.news = news;
  }

  @Override
  public void begin(Account.Attached attached) {
    if (!host.isLive() || host.isOfBot()) return;
    var states = host.context().messageAdapter(ReminderNews.Due.class, Changed::new);
    news.tell(new ReminderNews.Connected(host.user(), states));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Changed(var all) -> {
        var byId = new LinkedHashMap<String, Reminder>();
        all.reminders().forEach(it -> byId.put(it.id(), it));
        due = byId;
        drained();
      }
    }
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> !due.equals(sent), this::next);
  }

  private ServerFrame next() {
    var gone = sent.values().stream().filter(it -> !due.containsKey(it.id())).findFirst();
    if (gone.isPresent()) {
      sent.remove(gone.get().id());
      return frame(gone.get(), false);
    }
    var news = due.values().stream().filter(it -> !it.equals(sent.get(it.id()))).findFirst();
    var it = news.orElseThrow();
    sent.put(it.id(), it);
    return frame(it, true);
  }

  private static ServerFrame frame(Reminder it, boolean isDue) {
    var seq = it.message().map(Reminder.Message::seq);
    return new ServerFrame.Reminder(
        it.id(),
        isDue,
        it.at(),
        it.text(),
        it.message().map(Reminder.Message::room),
        seq.isEmpty() ? OptionalLong.empty() : OptionalLong.of(seq.get()));
  }
}
