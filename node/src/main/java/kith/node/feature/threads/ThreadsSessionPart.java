package kith.node.feature.threads;

import java.util.LinkedHashMap;
import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.session.Session;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.apache.pekko.actor.typed.ActorRef;

/// Sends a client the threads that its account follows: those with unread replies when it connects,
/// and each one that changes. While the socket is full, only the latest state of each is kept.
final class ThreadsSessionPart implements SessionPart.WithCommands<ThreadsSessionPart.Command> {
  sealed interface Command extends Session.PartCommand {}

  private record Changed(FollowTable.State state) implements Command {}

  record Factory(ActorRef<ThreadNews.Command> news) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ThreadsSessionPart(host, news);
    }

    @Override
    public Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.of(Command.class);
    }
  }

  private final SessionHost host;
  private final ActorRef<ThreadNews.Command> news;

  /// An account follows a limited number of threads.
  private final LinkedHashMap<ThreadKey, FollowTable.State> unsent = new LinkedHashMap<>();

  private ThreadsSessionPart(SessionHost host, ActorRef<ThreadNews.Command> news) {
    this.host = host;
    this.news = news;
  }

  @Override
  public void begin(Account.Attached attached) {
    if (!host.isLive() || host.isOfBot()) return;
    var states = host.context().messageAdapter(FollowTable.State.class, Changed::new);
    news.tell(new ThreadNews.Connected(host.user(), states));
  }

  @Override
  public void on(Command command) {
    switch (command) {
      case Changed(var state) -> {
        unsent.put(state.thread(), state);
        drained();
      }
    }
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> !unsent.isEmpty(), this::next);
  }

  private ServerFrame next() {
    var it = unsent.pollFirstEntry().getValue();
    return new ServerFrame.Thread(
        it.thread().room(),
        it.thread().root(),
        it.isFollowed(),
        it.replies(),
        it.last(),
        it.read(),
        it.unread());
  }
}
